import type { Language } from '../../../shared/documents/formats.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';

/** What lies in a batch that goes back to its merchant, as put on paper. */
export interface PackingList {
  language: Language;
  batchNumber: string;
  /** Of the box: scanning it opens the batch. */
  code?: string;
  /** The day the contents were closed. */
  closedOn: LocalDate;
  fulfiller: { name: string; addressLines: readonly string[]; phone?: string; email?: string };
  merchant: { merchantNumber: string; name: string; addressLines: readonly string[] };
  /** What is known of the way there; the list is printed before and after the parcels are handed over. */
  dispatch?: {
    carrier?: string;
    trackingNumbers?: readonly string[];
    parcels?: number;
    weightGrams?: number;
    dispatchedOn?: LocalDate;
  };
  /** In the order they are packed; numbered by the list. At least one: an empty batch never ships. */
  pieces: readonly PackedPiece[];
}

export interface PackedPiece {
  articleCode: string;
  articleName: string;
  /** It belongs to somebody else: named as such, with its quantity and nothing else. */
  foreign?: true;
  quantity: number;
  grade: 'A' | 'B' | 'C' | 'D';
  /** Why it is not sold again, in the language of the list. */
  reason: string;
  note?: string;
  returnNumber: string;
  /** Known once the return is matched. */
  orderNumber?: string;
  serialNumbers?: readonly string[];
  /** Of the maker. */
  batchNumber?: string;
  /** A small JPEG, the first of so many photos. */
  photo?: Uint8Array;
  photos?: number;
}
