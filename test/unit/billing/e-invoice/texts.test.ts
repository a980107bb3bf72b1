import { describe, expect, test } from '@jest/globals';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { validateCii, writeCii } from '../../../../services/billing/documents/e-invoice/index.ts';
import { invoiceModel } from '../../../../services/billing/documents/invoice-model.ts';
import { visible } from '../../../../shared/documents/drawable.ts';
import { pieces } from '../../../support/e-invoice-samples.ts';
import { sampleBuyer, sampleInvoice, sampleSeller } from '../../../support/invoice-samples.ts';
import { textFields, withValue } from '../../../support/text-fields.ts';

const october = { from: '2026-10-01', to: '2026-10-31' };

/** Has every text that the XML carries. */
const full = sampleInvoice(
  [
    {
      ...{ key: 'returns', title: 'Retouren', servicePeriod: october },
      lines: [
        pieces('2', '3', {
          ...{ detail: 'Staffel', unitCode: 'C62', baseQuantity: '10', baseUnit: 'Stück' },
          allowances: [{ kind: 'allowance', reason: 'Rabatt', amountMinor: 1 }],
        }),
        pieces('4', '25', { vatCategory: 'E', vatRateBasisPoints: 0 }),
      ],
    },
  ],
  {
    ...{ reason: 'Nachtrag', taxNotes: ['Hinweis'], prepaidMinor: 100 },
    seller: {
      ...sampleSeller,
      address: { ...sampleSeller.address, extra: 'Haus 3' },
      sepaCreditorId: 'DE98ZZZ09999999999',
    },
    buyer: {
      ...sampleBuyer,
      ...{ buyerReference: '04011000-12345-34', orderReference: 'PO 1' },
      address: { ...sampleBuyer.address, extra: 'Hof' },
    },
  },
);
const model = {
  ...full,
  vat: [...full.vat].sort((one) => (one.category === 'E' ? -1 : 1)).map((vat) => ({ ...vat, note: 'Steuerfrei' })),
};
const debited = {
  ...model,
  directDebit: {
    ...{ mandateReference: 'M-1', signedOn: '2026-01-15', collectedOn: '2026-11-15', iban: 'DE02120300000000202051' },
  },
};
const credited = {
  ...model,
  kind: 'cancellation' as const,
  prepaidMinor: undefined,
  corrects: { number: 'RE-1', issueDate: '2026-10-01' },
};

const creditedOfMany = sampleInvoice(
  [{ key: 'returns', title: 'Retouren', servicePeriod: october, lines: [pieces('-4', '25')] }],
  { kind: 'creditNote', takesBackOf: [{ number: 'RE-1', issueDate: '2026-10-01' }] },
);

/** What others find a party, an account or a file by: a slip in them is to be found, so they are not written freely. */
const CODES = ['seller.vatId', 'buyer.vatId', 'directDebit.iban', 'seller.email', 'buyer.email'];

/** What is on paper alone: the XML has the same in parts, or EN 16931 has no place for it. */
const ON_PAPER = [
  ...['seller.addressLines.0', 'buyer.addressLines.0', 'seller.web', 'seller.bank.name', 'seller.logo.objectKey'],
  ...['sections.0.lines.0.baseUnit', 'annex.0.title', 'annex.0.rows.0.reference', 'annex.0.rows.0.description'],
  'annex.0.rows.0.unit',
];

const FIELDS = textFields(invoiceModel).filter(({ path }) => !CODES.includes(path.join('.')));

const HOSTILE = [
  'Müller & Söhne <GmbH>',
  '"Zitat" und \'Apostroph\'',
  ']]> <![CDATA[ x ]]>',
  '&amp; &#0; &lt;b&gt; %25',
  '<?xml version="1.0"?><!DOCTYPE a>',
  '🚚📦 Straße – Größe 𝒳',
  'שלום עולם مرحبا',
  '漢字・カナ한글',
  '\u202Egnp.exe\u202C \u200F\u00AD',
  'Zei\u0000len\u0007bruch\u001B\tund\r\nmehr\u000B\uFFFE\uFFFF',
  'halb\uD83D und \uDE9A',
  'e\u0301 n\u0303 \u00A0geschützt\u202F',
  '=1+1 @SUM(A1) -2',
];

/** As it has to come back: like on paper, without what XML 1.0 forbids. */
const expected = (text: string): string =>
  [...visible(text.toWellFormed())]
    .filter((sign) => sign >= ' ' && sign !== '\uFFFE' && sign !== '\uFFFF')
    .join('')
    .replace(/[\u00A0\u202F]/g, ' ')
    .trim();

function textsOf(xml: string): string[] {
  const document = XmlDocument.fromString(xml);
  const read = (element: XmlElement): string[] => {
    const texts: string[] = [];
    for (let child = element.firstChild; child; child = child.next)
      if (child instanceof XmlElement) texts.push(...read(child));
    return texts.length ? texts : [element.content];
  };
  try {
    return read(document.root);
  } finally {
    document.dispose();
  }
}

/** The document in which the field is said: a mandate only by a direct debit, an original only by a correction. */
function documentWith(path: string) {
  if (path.startsWith('directDebit') || path === 'seller.sepaCreditorId') return debited;
  if (path.startsWith('takesBackOf')) return creditedOfMany;
  return path.startsWith('corrects') ? credited : model;
}

/** A telephone number without digits is found in an XRechnung. */
const EXPECTED: Record<string, string[]> = { 'seller.phone': ['BR-DE-27'] };

describe('X6 whatever is written into a text', () => {
  test.each(FIELDS.map((field) => [field.path.join('.'), field] as const))('%s', (name, { path, max }) => {
    for (const hostile of HOSTILE) {
      const text = hostile.slice(0, max);
      const xml = writeCii(withValue(documentWith(name), path, text));
      const findings = validateCii(xml).filter(({ rule }) => !EXPECTED[name]?.includes(rule));
      const found = textsOf(xml).some((said) => said.includes(expected(text)));
      expect({ text, findings, found }).toEqual({ text, findings: [], found: !ON_PAPER.includes(name) });
    }
  });
});

test('X6 an e-mail address that is none is found in an XRechnung', () =>
  expect(
    validateCii(writeCii(withValue(model, ['seller', 'email'], 'keine <Adresse>'))).map(({ rule }) => rule),
  ).toEqual(['BR-DE-28']));
