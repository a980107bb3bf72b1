import { parseMicros } from '../../shared/kernel/decimal.ts';
import { lineNetMinor, vatMinor } from '../../shared/kernel/money.ts';
import { INVOICE_RENDERER_VERSION } from '../../services/billing/documents/invoice-model.ts';
import type { InvoiceModel } from '../../services/billing/documents/invoice-model.ts';

type Section = InvoiceModel['sections'][number];
type Line = Section['lines'][number];

/** A line without what follows from the rest of the document. */
export type SampleLine = Pick<Line, 'description' | 'quantity' | 'unit' | 'unitPrice'> &
  Partial<
    Pick<
      Line,
      | 'detail'
      | 'unitCode'
      | 'baseQuantity'
      | 'baseUnit'
      | 'vatRateBasisPoints'
      | 'vatCategory'
      | 'allowances'
      | 'adjusts'
      | 'servicePeriod'
    >
  >;

export interface SampleSection {
  key: Section['key'];
  title: string;
  servicePeriod?: Section['servicePeriod'];
  lines: SampleLine[];
}

const october = { from: '2026-10-01', to: '2026-10-31' };

/** An invoice of invented parties over the given sections, added up. */
export function sampleInvoice(sections: SampleSection[], changes: Partial<InvoiceModel> = {}): InvoiceModel {
  const numbered = number(sections);
  const vat = vatOf(numbered);
  const netMinor = sum(numbered.map((section) => section.subtotalMinor));
  const vatSum = sum(vat.map((entry) => entry.vatMinor));
  return {
    rendererVersion: INVOICE_RENDERER_VERSION,
    kind: 'invoice',
    language: 'de',
    number: 'RE-2026-000412',
    issueDate: '2026-11-01',
    dueDate: '2026-11-15',
    servicePeriod: october,
    currency: 'EUR',
    seller: sampleSeller,
    buyer: sampleBuyer,
    taxNotes: [],
    sections: numbered,
    vat,
    netMinor,
    vatMinor: vatSum,
    grossMinor: netMinor + vatSum,
    paymentTermsDays: 14,
    ...changes,
  };
}

export const sampleSeller: InvoiceModel['seller'] = {
  name: 'Nordlager Fulfillment GmbH',
  addressLines: ['Am Güterbahnhof 12', '21035 Hamburg'],
  address: { street: 'Am Güterbahnhof 12', postalCode: '21035', city: 'Hamburg', country: 'DE' },
  contactName: 'Rechnungswesen',
  vatId: 'DE123456789',
  taxNumber: '46/712/03456',
  registerCourt: 'Amtsgericht Hamburg',
  registerNumber: 'HRB 123456',
  managingDirectors: ['Dr. Jörn Petersen', 'Anke Möller'],
  phone: '+49 40 555 0120',
  email: 'abrechnung@nordlager.example',
  web: 'www.nordlager.example',
  bank: { name: 'Hamburger Musterbank', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
};

export const sampleBuyer: InvoiceModel['buyer'] = {
  merchantNumber: '10023',
  name: 'Töpferei Grünwald GmbH',
  addressLines: ['Lindenstraße 8', '80331 München'],
  address: { street: 'Lindenstraße 8', postalCode: '80331', city: 'München', country: 'DE' },
  email: 'rechnung@gruenwald.example',
  vatId: 'DE987654321',
};

function number(sections: SampleSection[]): Section[] {
  let position = 0;
  return sections.map(({ key, title, servicePeriod = october, lines }) => {
    const full = lines.map((line) => ({
      vatRateBasisPoints: 1900,
      vatCategory: 'S' as const,
      unitCode: 'C62',
      ...line,
      position: ++position,
      netMinor:
        lineNetMinor(parseMicros(line.quantity), parseMicros(line.unitPrice), parseMicros(line.baseQuantity ?? '1')) +
        sum((line.allowances ?? []).map(({ kind, amountMinor }) => (kind === 'charge' ? amountMinor : -amountMinor))),
    }));
    return { key, title, servicePeriod, lines: full, subtotalMinor: sum(full.map((line) => line.netMinor)) };
  });
}

function vatOf(sections: Section[]): InvoiceModel['vat'] {
  const basis = new Map<string, InvoiceModel['vat'][number]>();
  for (const line of sections.flatMap((section) => section.lines)) {
    const key = `${line.vatCategory}${line.vatRateBasisPoints}`;
    const entry = basis.get(key) ?? {
      category: line.vatCategory,
      rateBasisPoints: line.vatRateBasisPoints,
      basisMinor: 0,
      vatMinor: 0,
    };
    basis.set(key, { ...entry, basisMinor: entry.basisMinor + line.netMinor });
  }
  return [...basis.values()].map((entry) => ({
    ...entry,
    vatMinor: vatMinor(entry.basisMinor, entry.rateBasisPoints),
  }));
}

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
