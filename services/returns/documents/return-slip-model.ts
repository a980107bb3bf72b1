import type { Language } from '../../../shared/documents/formats.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';

/** The sheet that a consumer puts into the parcel. */
export interface ReturnSlip {
  language: Language;
  printedOn: LocalDate;
  /** What is scanned as the parcel is here: the RMA number, else the number of the return. Printable ASCII. */
  code: string;
  returnNumber: string;
  orderNumber: string | null;
  /** Where the goods were bought. */
  shop: string;
  /** Where the parcel goes, one line each, as it stands on the parcel. */
  addressLines: readonly string[];
  /** What is expected; empty: the consumer writes it down. */
  items: readonly { articleCode: string; articleName: string; quantity: number; reason: string | null }[];
  /** To tick, in the language of the sheet. */
  reasons: readonly string[];
}
