import type { InvoiceModel } from '../../services/billing/documents/invoice-model.ts';
import { sampleBuyer, sampleInvoice, sampleSeller, type SampleLine, type SampleSection } from './invoice-samples.ts';
import { fiveHundredLines, fiveSections, oneLine } from './invoice-sections.ts';

export const original = { number: 'RE-2026-000398', issueDate: '2026-10-01' };
const october = { from: '2026-10-01', to: '2026-10-31' };

export const pieces = (quantity: string, unitPrice: string, more: Partial<SampleLine> = {}): SampleLine => ({
  ...{ description: 'Prüfung und Bewertung', unit: 'Stück', unitCode: 'H87', quantity, unitPrice },
  ...more,
});
const section = (...lines: SampleLine[]): SampleSection => ({
  ...{ key: 'returns', title: 'Retouren', servicePeriod: october, lines },
});
const rate = (vatCategory: 'S' | 'Z' | 'E' | 'AE' | 'O', vatRateBasisPoints = 0) => ({
  vatCategory,
  vatRateBasisPoints,
});

/** The same invoice with the reason where one is asked for, as `invoiceContent` has it. */
function withNote(model: InvoiceModel, note: string): InvoiceModel {
  return { ...model, taxNotes: [note], vat: model.vat.map((vat) => (vat.category === 'S' ? vat : { ...vat, note })) };
}

const allowances: SampleLine['allowances'] = [
  { kind: 'allowance', reason: 'Treuerabatt', amountMinor: 500, percent: '5', basisMinor: 10_000 },
  { kind: 'charge', reason: 'Eilzuschlag', amountMinor: 123 },
];
const adjusted = [
  section(
    pieces('100', '1.00'),
    pieces('1', '-10', {
      description: 'Rabatt',
      detail: '10 % auf 100,00 €',
      adjusts: { percent: '-10', basisMinor: 10_000 },
    }),
    pieces('1', '7.5', {
      description: 'Zuschlag',
      detail: 'höchstens 7,50 €',
      adjusts: { percent: '9', basisMinor: 10_000 },
    }),
  ),
];
const directDebit = {
  ...{ mandateReference: 'M-10023-1', signedOn: '2026-01-15', collectedOn: '2026-11-15' },
  iban: 'DE02 1203 0000 0000 2020 51',
};
export const creditor = { ...sampleSeller, sepaCreditorId: 'DE98ZZZ09999999999' };
export const leitweg = { ...sampleBuyer, buyerReference: '04011000-12345-34' };
const swiss = {
  ...{ merchantNumber: '10077', name: 'Alpenglück AG', addressLines: ['Bahnhofstrasse 1', '8001 Zürich', 'SCHWEIZ'] },
  address: { street: 'Bahnhofstrasse 1', postalCode: '8001', city: 'Zürich', country: 'CH' },
  vatId: 'CHE-123.456.788 MWST',
};
const british = {
  ...{ merchantNumber: '10078', name: 'Leeds Pottery Ltd', addressLines: ['10 High Street', 'Leeds', 'LS1 4AP'] },
  address: { street: '10 High Street', postalCode: 'LS1 4AP', city: 'Leeds', country: 'GB' },
  vatId: 'GB123456789',
};
const outside = (buyer: InvoiceModel['buyer'], changes: Partial<InvoiceModel> = {}) =>
  withNote(
    sampleInvoice([section(pieces('4', '25', rate('O')))], { buyer, ...changes }),
    'Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG).',
  );
const reverseCharge = (changes: Partial<InvoiceModel> = {}) =>
  withNote(
    sampleInvoice([section(pieces('4', '25', rate('AE')))], {
      buyer: { ...sampleBuyer, vatId: 'ATU12345678' },
      ...changes,
    }),
    'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
  );
const credit = (changes: Partial<InvoiceModel> = {}) =>
  sampleInvoice(
    [
      section(
        pieces('-4', '25'),
        pieces('-1', '100', { allowances: [{ kind: 'charge', reason: 'Treuerabatt', amountMinor: 500 }] }),
      ),
    ],
    {
      kind: 'creditNote',
      number: 'RK-2026-00007',
      corrects: original,
      reason: 'Vier Prüfungen wurden doppelt berechnet',
      ...changes,
    },
  );
const cancellation = (changes: Partial<InvoiceModel> = {}) =>
  sampleInvoice([section(pieces('-100', '1.95'), pieces('4', '0.95'))], {
    ...{ kind: 'cancellation', number: 'ST-2026-00003', corrects: original, reason: 'Falscher Empfänger', ...changes },
  });
const ofSmallBusiness = withNote(
  sampleInvoice([section(pieces('3', '12.5', rate('E')))], {
    seller: {
      ...sampleSeller,
      vatId: undefined,
      registerCourt: undefined,
      registerNumber: undefined,
      managingDirectors: [],
    },
  }),
  'Kein Ausweis von Umsatzsteuer, Kleinunternehmer (§ 19 UStG).',
);
const long = 'Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung & Söhne „Überseehandel“ '.repeat(4);

/** A document of each kind and case that the house issues. Every one is valid. */
export const eInvoices: Record<string, InvoiceModel> = {
  '380 with one line': sampleInvoice(oneLine),
  '380 with forty lines': sampleInvoice(fiveSections, { carriedOver: { cutoff: '2026-10-15', netMinor: -1234 } }),
  '380 with five hundred lines': sampleInvoice(fiveHundredLines),
  '380 in English': sampleInvoice(oneLine, { language: 'en' }),
  '384': cancellation(),
  '381 that corrects': credit(),
  '381 of a negative total': credit({ corrects: undefined, reason: undefined }),
  '19 % and 16 %': sampleInvoice([section(pieces('3', '9.99'), pieces('7', '1.11', rate('S', 1600)))]),
  '19 % and reverse charge': withNote(
    sampleInvoice([section(pieces('3', '9.99'), pieces('7', '1.11', rate('AE')))]),
    'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG).',
  ),
  'reverse charge': reverseCharge(),
  'zero rate': sampleInvoice([section(pieces('3', '9.99', rate('Z')))]),
  'exempt, of a small business': ofSmallBusiness,
  'outside of VAT, to Switzerland': outside(swiss),
  'outside of VAT, to Great Britain': outside(british),
  'outside of VAT, of a seller without register': outside(british, {
    seller: { ...sampleSeller, registerNumber: undefined, registerCourt: undefined },
  }),
  '19 % to Switzerland': sampleInvoice([section(pieces('2', '50'))], { buyer: swiss }),
  'allowance and charge of a line': sampleInvoice([section(pieces('100', '1.00', { allowances }))]),
  'allowance and charge of the document': sampleInvoice(adjusted),
  'nothing but adjustments': sampleInvoice([section(...adjusted[0]!.lines.slice(1))], { kind: 'invoice' }),
  'an adjustment of nothing': sampleInvoice([section(pieces('1', '5'), pieces('1', '0', { adjusts: {} }))]),
  'a negative price': sampleInvoice([
    section(pieces('2', '-3.333333'), pieces('5', '8.9', { baseQuantity: '31', baseUnit: 'Tage' })),
  ]),
  'late services': sampleInvoice([
    section(pieces('2', '3'), pieces('1', '2', { servicePeriod: { from: '2026-08-30', to: '2026-09-02' } })),
  ]),
  'SEPA direct debit': sampleInvoice(oneLine, { seller: creditor, directDebit }),
  'settled in part': sampleInvoice(oneLine, { prepaidMinor: 1000 }),
  'settled in full': sampleInvoice(oneLine, { prepaidMinor: 5831 }),
  'long names': sampleInvoice(
    [
      {
        ...oneLine[0]!,
        title: long.slice(0, 40),
        lines: [pieces('1', '1', { description: long.slice(0, 300), detail: long.slice(9, 309) })],
      },
    ],
    {
      seller: { ...sampleSeller, name: long.slice(0, 160), managingDirectors: [long.slice(0, 80), long.slice(3, 83)] },
      buyer: { ...sampleBuyer, name: long.slice(5, 165) },
    },
  ),
  'XRechnung with Leitweg-ID': sampleInvoice(fiveSections, { buyer: leitweg }),
  'XRechnung by direct debit': sampleInvoice(oneLine, { buyer: leitweg, seller: creditor, directDebit }),
  'XRechnung outside of VAT': outside({ ...british, email: 'ap@leeds.example', buyerReference: 'PO 4711' }),
  'XRechnung 384': cancellation({ buyer: leitweg }),
  'XRechnung 381': credit({ buyer: leitweg }),
  'XRechnung with adjustments': sampleInvoice(adjusted, { buyer: leitweg }),
  'XRechnung with allowances of lines': sampleInvoice([section(pieces('100', '1.00', { allowances }))], {
    buyer: leitweg,
  }),
};
