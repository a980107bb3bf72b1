import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { MonthNet } from './share-vat.ts';

/** A finalized document as an export reads it; amounts of corrections are negative. */
export interface IssuedDocument {
  id: string;
  kind: 'invoice' | 'cancellation' | 'creditNote';
  number: string;
  issueDate: LocalDate;
  /** Of an invoice; nothing else is waited for. */
  dueDate: LocalDate | null;
  /** Of the service; what lies in a month that was not over by then was supplied up to this day. */
  periodTo: LocalDate;
  /** The document it corrects. */
  correctsNumber: string | null;
  merchantId: string;
  /** As they stand on the document. */
  merchantNumber: string;
  merchantName: string;
  vatId: string | null;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
  vat: DocumentVat[];
  document: { state: string; pdf: ArchivedFile | null; xml: ArchivedFile | null };
}

export interface DocumentVat {
  category: string;
  rateBasisPoints: number;
  vatMinor: number;
  /** It took the rest of the tax of the document it corrects, which the rate alone may miss by cents. */
  remainder: boolean;
  /** Net by month of supply. */
  months: MonthNet[];
}

export interface ArchivedFile {
  objectKey: string;
  sha256: string;
  bytes: number;
}

/**
 * Whether a document lowers what an earlier one billed. The VAT of a reduction changes in the month in which it is made
 * known (§ 17 Abs. 1 Satz 8 UStG). A cancellation is none: it takes back a document that was wrong, usually for one in its
 * place, so both belong to the month of supply. Nor is a negative total that was issued: its lines are of their months.
 */
export const isReduction = ({ kind, correctsNumber }: Pick<IssuedDocument, 'kind' | 'correctsNumber'>): boolean =>
  kind === 'creditNote' && correctsNumber !== null;
