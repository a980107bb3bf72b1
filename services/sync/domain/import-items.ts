/** One record of a CSV file: the line it begins on (the head is line 1) and its cells as they stand. */
export interface CsvRow {
  line: number;
  cells: readonly string[];
}

/** A file being read: its head and its rows. */
export interface CsvSource {
  header: readonly string[];
  rows: AsyncIterable<CsvRow>;
}

/** One line of an order or a return. `ordinal` counts the rows of the whole document from 1, rejected ones too. */
export interface DocumentLine {
  ordinal: number;
  /** line in the file; for messages only, not part of the content */
  lineNo: number;
  sku: string;
  name: string;
  /** pieces, always positive; in a return the sign of the file is turned */
  quantity: number;
  /** plain decimal in the profile's currency, at most six places; null when the profile reads no price */
  unitPrice: string | null;
}

interface ImportedDocument {
  document: string;
  merchantNumber: string;
  /** unique per merchant and channel: the document's number */
  externalNumber: string;
  country: string;
  currency: string;
  customer: string | null;
  lines: DocumentLine[];
  /** equal exactly when everything above but the line numbers in the file is equal */
  contentHash: string;
}

/** One order of one merchant, shipped as one parcel at the time of its first line. */
export interface ImportedOrder extends ImportedDocument {
  kind: 'order';
  orderedAt: Date;
  shippedAt: Date;
  weightGrams: number;
  carrier: string;
}

/** One return of one merchant that is announced and not here yet. */
export interface ImportedReturn extends ImportedDocument {
  kind: 'return';
  announcedAt: Date;
}

export const ROW_FAULTS = {
  COLUMN_COUNT: 'The row has another number of columns than the head',
  VALUE_MISSING: 'A value is needed here',
  VALUE_TOO_LONG: 'The value is too long',
  ARTICLE_CODE_NOT_ACCEPTED: 'The profile does not accept this article code',
  FILTERED: 'The profile leaves this value out',
  QUANTITY_INVALID: 'Not a whole number of pieces',
  PRICE_INVALID: 'Not a price: zero or more, at most six places',
  TIME_INVALID: 'Not a time in the format of the profile',
  TIME_DOES_NOT_EXIST: 'The clock skipped this time when summer time began',
  VALUE_NOT_MAPPED: 'The profile does not know this value',
  MERCHANT_NOT_RECOGNISED: 'No merchant number can be read from this value',
  NO_DOCUMENT_RULE: 'Neither an order (quantity above 0) nor a return (return prefix, quantity below 0)',
  DOCUMENT_INCONSISTENT: 'Another country or customer than on the first row of the same document',
  DOCUMENT_REAPPEARS: 'The document ended further up in the file; its rows must stand together',
  DOCUMENT_TOO_LONG: 'The document has more rows than one document may have; none of it is imported',
} as const;

export type RowFault = keyof typeof ROW_FAULTS;

/** A row that became nothing, and why. `column` is the head of the cell to look at, null when it is the row itself. */
export interface RowError {
  kind: 'error';
  line: number;
  column: string | null;
  code: RowFault;
  message: string;
  /** the cells as they stand in the file; empty when they were already let go (DOCUMENT_TOO_LONG) */
  raw: readonly string[];
}

export type ImportItem = ImportedOrder | ImportedReturn | RowError;

export const rowError = (row: CsvRow, code: RowFault, column: string | null): RowError => ({
  kind: 'error',
  line: row.line,
  column,
  code,
  message: ROW_FAULTS[code],
  raw: row.cells,
});
