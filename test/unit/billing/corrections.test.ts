import { expect, test } from '@jest/globals';
import { invoiceModel, type InvoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import { creditAmounts } from '../../../services/billing/domain/corrections/credit-amounts.ts';
import { cancellationOf, creditNoteOf } from '../../../services/billing/documents/mirrored-model.ts';
import { reopenedStreams } from '../../../services/billing/domain/corrections/reopened-row.ts';
import { canGiveSameNumber, numbersOf } from '../../../services/billing/domain/invoices/number.ts';
import { sampleInvoice } from '../../support/invoice-samples.ts';
import { fiveSections, oneLine } from '../../support/invoice-sections.ts';

test.each([
  ['RE-{year}-{number:5}', 'RE-{year}-{number:5}', true],
  ['RE-{year}-{number:5}', 'RE-{year}-{number}', true],
  ['RE-{year}-{number:5}', 're-{year}-{number:5}', true],
  ['RE-{year}-{number}', 'RE-{number}-{year}', true],
  ['RE-{year}-{number}', 'RE-{year}-9{number}', true],
  ['RE-1-{year}-{number}', 'RE-{year}-1-{number}', true],
  ['RE-{year}-{number}', 'ST-{year}-{number}', false],
  ['RE-{year}-{number}', 'RE-{year}/{number}', false],
  ['RE1-{year}-{number}', 'RE2-{year}-{number}', false],
  ['{year}-{number}', 'S{year}-{number}', false],
])('H3 %s and %s can give the same number: %s', (one, other, same) => {
  expect(canGiveSameNumber(one, other)).toBe(same);
  expect(canGiveSameNumber(other, one)).toBe(same);
});

test.each([
  ['RE-{year}-{number:5}', 'RE-2026-00001', true],
  ['RE-{year}-{number:5}', 'RE-2026-100001', true],
  ['RE.{year}.{number}', 'REx2026.1', false],
  ['RE-{year}-{number:5}', 'ARE-2026-00001', false],
])('H3 %s gave %s: %s', (pattern, number, gave) => expect(new RegExp(numbersOf(pattern), 'i').test(number)).toBe(gave));

const row = (state: string, streams: string[] | null, doneStreams: string[]) =>
  ({ state, streams, doneStreams }) as never;
test.each([
  ['the only document', row('finalized', null, ['fulfilment', 'monthly']), 'all', [], null, []],
  [
    'one of two',
    row('delivered', null, ['fulfilment', 'monthly']),
    'monthly',
    ['fulfilment'],
    ['monthly'],
    ['fulfilment'],
  ],
  [
    'the other one after it',
    row('cancelled', ['monthly'], ['fulfilment']),
    'fulfilment',
    [],
    ['fulfilment', 'monthly'],
    [],
  ],
  [
    'the document of a limited run',
    row('finalized', ['fulfilment'], ['fulfilment']),
    'fulfilment',
    [],
    ['fulfilment'],
    [],
  ],
  [
    'the first of a run that was widened',
    row('finalized', ['monthly'], ['fulfilment', 'monthly']),
    'fulfilment',
    ['monthly'],
    ['fulfilment'],
    ['monthly'],
  ],
  [
    'the first one while the second is drafted',
    row('draft', ['monthly'], ['fulfilment']),
    'fulfilment',
    [],
    ['fulfilment', 'monthly'],
    [],
  ],
  [
    'that of one tax while the other stands',
    row('finalized', null, ['fulfilment', 'monthly']),
    'all',
    ['all'],
    null,
    ['fulfilment', 'monthly'],
  ],
] as const)(
  'H5 a row is open again for what was cancelled: %s',
  (_title, before, split, others, streams, doneStreams) =>
    expect(reopenedStreams(before, split, others)).toEqual({ streams, doneStreams }),
);

const discounted = oneLine.map((section) => ({
  ...section,
  lines: [
    ...section.lines,
    { ...section.lines[0]!, quantity: '1', unitPrice: '-1.50', adjusts: { percent: '10', basisMinor: 1500 } },
  ],
}));
/** Two that come to nothing together. */
function withReductions(model: InvoiceModel): InvoiceModel {
  const allowances = (['allowance', 'charge'] as const).map((kind) => ({ kind, reason: 'Rabatt', amountMinor: 10 }));
  const sections = model.sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, allowances })),
  }));
  return { ...model, sections };
}
const SAMPLES = {
  'five sections': sampleInvoice(fiveSections),
  'a discount': sampleInvoice(discounted),
  'reductions of a line': withReductions(sampleInvoice(oneLine)),
  'one line with prepayment': sampleInvoice(oneLine, { prepaidMinor: 1 }),
};
const HEAD = { reason: 'Falscher Preis', corrects: { number: 'RE-2026-00042', issueDate: '2026-11-01' } };
const DATES = { number: 'ST-2026-00001', issueDate: '2026-11-20', dueDate: '2026-11-20', rendererVersion: 2 };

test.each(Object.entries(SAMPLES))(
  'H5 the mirrored content of %s is a cancellation that adds up to nothing with it',
  (_name, sample) => {
    const original = invoiceModel.parse(sample);
    const parsed = invoiceModel.parse({ ...cancellationOf(original, HEAD), ...DATES });
    expect([parsed.netMinor + original.netMinor, parsed.grossMinor + original.grossMinor]).toEqual([0, 0]);
    expect(parsed).toMatchObject({ kind: 'cancellation', ...HEAD, seller: original.seller, buyer: original.buyer });
    const texts = (model: typeof original) =>
      model.sections.map(({ title, lines }) => [
        title,
        lines.map(({ description, detail, unit }) => [description, detail, unit]),
      ]);
    expect(texts(parsed)).toEqual(texts(original));
  },
);

test('H6 the content of a credit note has the lines it takes something of, in their sections', () => {
  const original = invoiceModel.parse(Object.values(SAMPLES)[0]);
  const lines = original.sections.flatMap((section) => section.lines);
  const first = lines.find(({ netMinor }) => netMinor > 100)!;
  const vat = original.vat.map(({ category, rateBasisPoints, basisMinor, vatMinor }) => ({
    ...{ category: category as 'S', rateBasisPoints, remainingBasisMinor: basisMinor, remainingVatMinor: vatMinor },
  }));
  const creditable = lines.map((line) => ({
    ...{ id: String(line.position), position: line.position, quantity: line.quantity, unitPrice: line.unitPrice },
    ...{ baseQuantity: line.baseQuantity ?? '1', netMinor: line.netMinor, remainingNetMinor: line.netMinor },
    ...{
      remainingQuantity: line.quantity,
      hasAmounts: false,
      category: line.vatCategory as 'S',
      rateBasisPoints: line.vatRateBasisPoints,
    },
  }));
  const credit = creditAmounts({ lines: creditable, vat, remainingGrossMinor: original.grossMinor }, [
    { lineId: String(first.position), netMinor: 100 },
  ]);
  const parsed = invoiceModel.parse({ ...creditNoteOf(original, credit, HEAD), ...DATES });
  expect(parsed).toMatchObject({ kind: 'creditNote', netMinor: -100, ...HEAD });
  expect(parsed.sections.flatMap((section) => section.lines)).toMatchObject([
    {
      position: 1,
      description: first.description,
      quantity: '-1',
      unitPrice: '1',
      netMinor: -100,
      unit: 'pauschal',
      unitCode: 'LS',
    },
  ]);
});

test('H6 a credit note bears the notes of the categories that it takes something of, and no others', () => {
  const [section] = oneLine;
  const [line] = section!.lines;
  const free = { ...line!, vatCategory: 'AE' as const, vatRateBasisPoints: 0 };
  const mixed = sampleInvoice([{ ...section!, lines: [line!, free] }]);
  const note = 'Steuerschuldnerschaft des Leistungsempfängers';
  const original = {
    ...mixed,
    taxNotes: [note],
    vat: mixed.vat.map((entry) => (entry.category === 'AE' ? { ...entry, note } : entry)),
  };
  const notesOf = (position: number) => {
    const { vatCategory, vatRateBasisPoints } = original.sections[0]!.lines[position - 1]!;
    const credited = { position, isAmount: true, quantity: '-1', unitPrice: '1', baseQuantity: '1', netMinor: -100 };
    const vat = { category: vatCategory as 'S', rateBasisPoints: vatRateBasisPoints, basisMinor: -100, vatMinor: 0 };
    const amounts = { vat: [vat], netMinor: -100, vatMinor: 0, grossMinor: -100 };
    const lines = [{ ...credited, original: { position } as never }];
    return creditNoteOf(original, { ...amounts, lines }, HEAD).taxNotes;
  };
  expect([notesOf(1), notesOf(2)]).toEqual([[], [note]]);
});
