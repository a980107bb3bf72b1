import type { InvoiceModel } from '../../services/billing/documents/invoice-model.ts';
import { sampleBuyer, sampleInvoice, sampleSeller, type SampleLine, type SampleSection } from './invoice-samples.ts';
import { fiveHundredLines, fiveSections, oneLine } from './invoice-sections.ts';

const original = { number: 'RE-2026-000398', issueDate: '2026-10-01' };

/** The sections turned round, as a cancellation shows them. */
const negated = (sections: readonly SampleSection[]): SampleSection[] =>
  mapLines(sections, (line) => ({
    ...line,
    quantity: line.quantity.startsWith('-') ? line.quantity.slice(1) : `-${line.quantity}`,
  }));

const mapLines = (sections: readonly SampleSection[], change: (line: SampleLine) => SampleLine): SampleSection[] =>
  sections.map((section) => ({ ...section, lines: section.lines.map(change) }));

const inCategory = (sections: readonly SampleSection[], vatCategory: 'AE' | 'O' | 'E') =>
  mapLines(sections, (line) => ({ ...line, vatCategory, vatRateBasisPoints: 0 }));

const noted = (model: InvoiceModel, note: string): InvoiceModel => ({
  ...model,
  taxNotes: [note],
  vat: model.vat.map((entry) => ({ ...entry, note })),
});

const twoRates: SampleSection[] = [
  ...oneLine,
  {
    key: 'storage',
    title: 'Lagerung',
    servicePeriod: { from: '2020-12-01', to: '2020-12-31' },
    lines: [
      {
        description: 'Palettenstellplatz',
        quantity: '100',
        unit: 'Palettentag',
        unitPrice: '0.29',
        vatRateBasisPoints: 1600,
      },
    ],
  },
];

const direct = { mandateReference: 'M-10023-1', signedOn: '2026-01-15', collectedOn: '2026-11-16' };
const collecting = { ...sampleSeller, sepaCreditorId: 'DE98ZZZ09999999999' };
const british = {
  ...sampleBuyer,
  name: 'Bramble & Oak Ltd',
  addressLines: ['14 Mill Lane', 'LEEDS', 'LS1 4AB', 'United Kingdom'],
  address: { street: '14 Mill Lane', city: 'Leeds', postalCode: 'LS1 4AB', country: 'GB' },
  vatId: 'GB123456789',
};

const annexRows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    date: `2026-10-${String(1 + Math.floor((index * 30) / count)).padStart(2, '0')}`,
    reference: `BST-${10_000 + Math.floor(index / 3)}`,
    description: ['Auftragspauschale', 'Pick je weiterem Artikel', 'DHL Paket bis 5 kg, Deutschland'][index % 3]!,
    quantity: ['1', '3', '1'][index % 3]!,
    unit: ['Auftrag', 'Pick', 'Sendung'][index % 3]!,
  }));

/** A document of each kind that the renderer has to know, by what is special about it. */
export function documentKinds(): Record<string, InvoiceModel> {
  const plain = sampleInvoice(oneLine);
  const gross = sampleInvoice(fiveSections).grossMinor;
  return {
    '1 line': plain,
    '40 lines': sampleInvoice(fiveSections),
    '500 lines': sampleInvoice(fiveHundredLines),
    'two rates': sampleInvoice(twoRates),
    cancellation: sampleInvoice(negated(fiveSections), {
      kind: 'cancellation',
      number: 'ST-2026-00007',
      corrects: original,
      reason: 'Der Lieferschein vom 14. September gehörte zu einem anderen Händler.',
    }),
    'credit note': sampleInvoice(negated(oneLine), {
      kind: 'creditNote',
      number: 'RK-2026-00003',
      corrects: original,
      reason: 'Im Oktober war das Kundenportal drei Tage nicht erreichbar.',
    }),
    'credit note of a total': sampleInvoice(negated(oneLine), { kind: 'creditNote', number: 'RK-2026-00004' }),
    'reverse charge': noted(
      sampleInvoice(inCategory(fiveSections, 'AE'), { buyer: { ...sampleBuyer, vatId: 'ATU12345678' } }),
      'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
    ),
    'outside the scope': noted(
      sampleInvoice(inCategory(oneLine, 'O'), { language: 'en', buyer: british }),
      'Service not taxable in Germany (section 3a (2) of the German VAT Act).',
    ),
    exempt: noted(sampleInvoice(inCategory(oneLine, 'E')), 'Steuerfreie Leistung (§ 4 UStG).'),
    'direct debit': sampleInvoice(fiveSections, {
      seller: collecting,
      directDebit: { ...direct, iban: 'DE89370400440532013000' },
    }),
    'partly prepaid': sampleInvoice(fiveSections, { prepaidMinor: 25_000 }),
    'wholly prepaid': sampleInvoice(fiveSections, { prepaidMinor: gross }),
    'public buyer': sampleInvoice(oneLine, {
      buyer: { ...sampleBuyer, buyerReference: '04011000-1234512345-06', orderReference: 'PO-4711' },
    }),
    'with its charges': sampleInvoice(oneLine, {
      annex: [{ key: 'fulfilment', title: 'Kommissionierung und Versand', rows: annexRows(150) }],
    }),
    'too many charges': sampleInvoice(oneLine, { annexOmitted: { rows: 12_345 } }),
    English: sampleInvoice(fiveSections, { language: 'en', buyer: british }),
  };
}
