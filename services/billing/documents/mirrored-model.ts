import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import type { InvoiceLine, InvoiceModel, InvoiceSection } from './invoice-model.ts';
import { unitCodeOf, unitOf } from '../domain/invoices/invoice-units.ts';
import type { CreditAmounts } from '../domain/corrections/credit-amounts.ts';

/** What a document says but number and dates; {@link InvoiceModel} once it has them. */
export type Content = Omit<InvoiceModel, 'number' | 'issueDate' | 'dueDate' | 'rendererVersion'>;

/** What a correction says of what it corrects. */
export interface CorrectionHead {
  reason: string;
  corrects: { number: string; issueDate: string };
}

/** The content of a cancellation: that of its original, every quantity and amount turned round. */
export function cancellationOf(original: InvoiceModel, head: CorrectionHead): Content {
  return {
    ...commonOf(original, head, 'cancellation'),
    sections: original.sections.map((section) => ({
      ...section,
      lines: section.lines.map(mirroredLine),
      subtotalMinor: turned(section.subtotalMinor),
    })),
    vat: original.vat.map((entry) => ({
      ...entry,
      basisMinor: turned(entry.basisMinor),
      vatMinor: turned(entry.vatMinor),
    })),
    netMinor: turned(original.netMinor),
    vatMinor: turned(original.vatMinor),
    grossMinor: turned(original.grossMinor),
  };
}

/** The content of a credit note: the lines it takes something of, as they stood, with what it takes. */
export function creditNoteOf(original: InvoiceModel, credit: CreditAmounts, head: CorrectionHead): Content {
  const { language } = original;
  const sections = original.sections.flatMap((section): InvoiceSection[] => {
    const lines = section.lines.flatMap((line) => {
      const taken = credit.lines.find(({ original: { position } }) => position === line.position);
      return taken ? creditLine(line, taken, language) : [];
    });
    if (!lines.length) return [];
    return [{ ...section, lines, subtotalMinor: lines.reduce((sum, { netMinor }) => sum + netMinor, 0) }];
  });
  const vat = credit.vat.map((entry) => {
    const { note } = original.vat.find(({ category }) => category === entry.category) ?? {};
    return { ...entry, ...(note === undefined ? {} : { note }) };
  });
  const { netMinor, vatMinor, grossMinor } = credit;
  const common = { ...commonOf(original, head, 'creditNote'), taxNotes: notesOf(original, vat) };
  return { ...common, sections, vat, netMinor, vatMinor, grossMinor };
}

/** Without the notes of categories that nothing is taken of: taxed lines are not subject to reverse charge. */
function notesOf(original: InvoiceModel, vat: Content['vat']): string[] {
  const isOf = (entries: Content['vat'], wanted: string) => entries.some(({ note }) => note === wanted);
  return original.taxNotes.filter((note) => !isOf(original.vat, note) || isOf(vat, note));
}

/** A correction is for the same parties and services; it asks for no money, neither transferred nor collected. */
function commonOf(original: InvoiceModel, { reason, corrects }: CorrectionHead, kind: 'cancellation' | 'creditNote') {
  const { rendererVersion: _, number: __, issueDate: ___, dueDate: ____, ...content } = original;
  const { annex: _____, prepaidMinor: ______, directDebit: _______, carriedOver: ________, ...kept } = content;
  return { ...kept, kind, corrects, reason, paymentTermsDays: 0 };
}

const mirroredLine = (line: InvoiceLine): InvoiceLine => ({
  ...line,
  quantity: negative(line.quantity),
  netMinor: turned(line.netMinor),
  ...(line.allowances && {
    allowances: line.allowances.map((one) => ({
      ...one,
      kind: one.kind === 'allowance' ? ('charge' as const) : ('allowance' as const),
    })),
  }),
  ...(line.adjusts && { adjusts: turnedBasis(line.adjusts) }),
});

const turnedBasis = (adjusts: NonNullable<InvoiceLine['adjusts']>) =>
  adjusts.basisMinor === undefined ? adjusts : { ...adjusts, basisMinor: turned(adjusts.basisMinor) };

/** A part of a quantity keeps its price; a part of an amount is one of that amount. */
function creditLine(line: InvoiceLine, taken: CreditAmounts['lines'][number], language: 'de' | 'en'): InvoiceLine {
  const { allowances: _, adjusts, baseQuantity: __, baseUnit, ...kept } = line;
  const { position, quantity, unitPrice, baseQuantity, netMinor } = taken;
  const common = { ...kept, position, quantity, unitPrice, netMinor, ...(adjusts ? { adjusts: {} } : {}) };
  if (taken.isAmount)
    return { ...common, unit: unitOf('lump_sum', quantity, language), unitCode: unitCodeOf('lump_sum') };
  return { ...common, ...(baseQuantity === '1' ? {} : { baseQuantity, ...(baseUnit && { baseUnit }) }) };
}

/** The other sign, without a negative zero. */
const turned = (amountMinor: number): number => 0 - amountMinor;

/** A decimal with the other sign. */
const negative = (decimal: string): string => formatMicros(-parseMicros(decimal));
