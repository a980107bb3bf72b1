import fc from 'fast-check';
import { xmlText } from '../../services/billing/documents/e-invoice/cii/xml.ts';
import type { InvoiceLine, InvoiceModel } from '../../services/billing/documents/invoice-model.ts';
import { creditor, leitweg, original } from './e-invoice-samples.ts';
import { sampleBuyer, sampleInvoice, sampleSeller, type SampleLine, type SampleSection } from './invoice-samples.ts';

type Kind = InvoiceModel['kind'];
type Taxes = { vatCategory: InvoiceLine['vatCategory']; vatRateBasisPoints: number };

/** Something is left of it once it is normalised, as people write it. */
const words = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: max })
    .map((text) => text.slice(0, max).trim())
    .filter((text) => text !== '' && xmlText(text) !== '');

/** A decimal with so many places. @param most  millionths */
const decimal = (least: bigint, most: bigint) =>
  fc.bigInt(least, most).map((micros) => {
    const digits = String(micros < 0n ? -micros : micros).padStart(7, '0');
    return `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
  });

const taxed: fc.Arbitrary<Taxes> = fc.constantFrom(
  { vatCategory: 'S', vatRateBasisPoints: 1900 },
  { vatCategory: 'S', vatRateBasisPoints: 700 },
  { vatCategory: 'S', vatRateBasisPoints: 1650 },
  { vatCategory: 'Z', vatRateBasisPoints: 0 },
  { vatCategory: 'E', vatRateBasisPoints: 0 },
  { vatCategory: 'AE', vatRateBasisPoints: 0 },
);
const outside: fc.Arbitrary<Taxes> = fc.constant({ vatCategory: 'O', vatRateBasisPoints: 0 });

const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-09-${String(date).padStart(2, '0')}`);
const period = fc.tuple(day, day).map((days) => {
  const [from, to] = days.toSorted();
  return { from: from!, to: to! };
});

const allowance = fc.record({
  kind: fc.constantFrom('allowance' as const, 'charge' as const),
  reason: words(30),
  amountMinor: fc.integer({ min: 0, max: 9_999 }),
});
const adjusts = fc.record(
  { percent: decimal(-100_000_000n, 100_000_000n), basisMinor: fc.integer({ min: -99_999, max: 99_999 }) },
  { requiredKeys: [] },
);

const line = (taxes: fc.Arbitrary<Taxes>): fc.Arbitrary<SampleLine> =>
  fc
    .record(
      {
        taxes,
        description: words(60),
        detail: words(60),
        quantity: decimal(-9_999_000_000n, 9_999_000_000n),
        unit: words(20),
        unitCode: fc.constantFrom('C62', 'H87', 'MIN', 'XPX'),
        unitPrice: decimal(-999_000_000n, 999_000_000n),
        baseQuantity: decimal(1n, 60_000_000n),
        servicePeriod: period,
        allowances: fc.array(allowance, { maxLength: 2 }),
        adjusts,
      },
      { requiredKeys: ['taxes', 'description', 'quantity', 'unit', 'unitPrice'] },
    )
    .map(({ taxes: of, ...rest }) => ({ ...rest, ...of }));

const sections = (taxes: fc.Arbitrary<Taxes>): fc.Arbitrary<SampleSection[]> =>
  fc.array(
    fc.record({
      key: fc.constantFrom('returns' as const, 'storage' as const, 'adjustments' as const),
      title: words(40),
      servicePeriod: period,
      lines: fc.array(line(taxes), { minLength: 1, maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 3 },
  );

const parties = fc.record({
  seller: fc.constantFrom(creditor, { ...creditor, registerNumber: undefined }),
  buyer: fc
    .record({ buyer: fc.constantFrom(sampleBuyer, leitweg), name: words(120), city: words(40) })
    .map(({ buyer, name, city }) => ({ ...buyer, name, address: { ...buyer.address, city } })),
});

/** What the kind of a document and its total leave to choose. */
const choices = fc.record({
  language: fc.constantFrom('de' as const, 'en' as const),
  isDebit: fc.boolean(),
  settledShare: fc.constantFrom(0, 0, 0.3, 1),
  reason: words(80),
});

function documentOf(
  kind: Kind,
  content: SampleSection[],
  roles: Pick<InvoiceModel, 'seller' | 'buyer'>,
  {
    language,
    isDebit,
    settledShare,
    reason,
  }: { language: 'de' | 'en'; isDebit: boolean; settledShare: number; reason: string },
): InvoiceModel {
  const base = sampleInvoice(content, { ...roles, language });
  const isCorrection = kind === 'cancellation' || (kind === 'creditNote' && base.grossMinor <= 0);
  if (isCorrection) return { ...base, kind, reason, corrects: original };
  const collected = {
    mandateReference: 'M-1',
    signedOn: '2026-01-15',
    collectedOn: '2026-11-15',
    iban: sampleSeller.bank.iban,
  };
  return {
    ...base,
    ...(isDebit ? { directDebit: collected } : {}),
    ...(settledShare > 0 && base.grossMinor > 0 ? { prepaidMinor: Math.floor(base.grossMinor * settledShare) } : {}),
  };
}

/** Documents of any content that may be issued. */
export const randomInvoice: fc.Arbitrary<InvoiceModel> = fc
  .record({
    kind: fc.constantFrom<Kind>('invoice', 'cancellation', 'creditNote'),
    content: fc.oneof({ weight: 4, arbitrary: sections(taxed) }, { weight: 1, arbitrary: sections(outside) }),
    roles: parties,
    choice: choices,
  })
  .map(({ kind, content, roles, choice }) => documentOf(kind, content, roles, choice));
