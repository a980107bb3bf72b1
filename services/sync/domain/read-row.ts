import { invalidField } from '../../../shared/kernel/errors.ts';
import { rowError, type CsvRow, type RowError } from './import-items.ts';
import type { ImportField, MappingProfile } from './mapping-profile.ts';
import {
  countryReader,
  documentRule,
  Fault,
  filterCheck,
  merchantReader,
  piecesReader,
  priceReader,
  timeReader,
  type Texts,
} from './row-rules.ts';

/** What one row says, in our words. */
export interface ReadLine {
  kind: 'order' | 'return';
  document: string;
  merchantNumber: string;
  sku: string;
  name: string;
  quantity: number;
  unitPrice: string | null;
  at: Date;
  country: string;
  customer: string | null;
}

/** Reads rows under one profile and one head. */
export interface RowReader {
  /** the document a row belongs to, also when the rest of the row is wrong; '' when none can be read */
  documentOf(row: CsvRow): string;
  read(row: CsvRow): ReadLine | RowError;
}

const MAX_LENGTH: Record<ImportField, number> = {
  document: 64,
  articleCode: 64,
  articleName: 250,
  quantity: 20,
  unitPrice: 30,
  timestamp: 40,
  customer: 120,
  country: 100,
};

/**
 * @param header  the cells of the file's first line
 * @throws InvalidInput when a column the profile names is missing or stands there twice
 */
export function rowReader(profile: MappingProfile, header: readonly string[]): RowReader {
  const names = header.map((name) => name.trim());
  const at = (column: string | undefined) => (column === undefined ? -1 : columnIndex(names, column));
  const columns = Object.entries(profile.columns).map(([field, column]) => [field as ImportField, at(column)] as const);
  const merchantColumn = profile.merchant.from === 'column' ? at(profile.merchant.column) : -1;
  const documentColumn = at(profile.columns.document);
  const read = lineReader(profile, (row) => (row.cells[merchantColumn] ?? '').trim());
  return {
    documentOf(row) {
      const text = (row.cells[documentColumn] ?? '').trim();
      return text.length > MAX_LENGTH.document ? '' : text;
    },
    read(row) {
      if (row.cells.length !== header.length) return rowError(row, 'COLUMN_COUNT', null);
      try {
        return read(row, textsOf(row, columns, profile.articleCode.upperCase));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return rowError(row, error.code, columnOf(profile, error.field));
      }
    },
  };
}

function columnIndex(names: readonly string[], column: string): number {
  const index = names.indexOf(column);
  if (index < 0) throw invalidField('file', 'COLUMN_MISSING', `The file has no column named ${column}`);
  if (names.includes(column, index + 1)) {
    throw invalidField('file', 'COLUMN_AMBIGUOUS', `The file has more than one column named ${column}`);
  }
  return index;
}

function textsOf(row: CsvRow, columns: readonly (readonly [ImportField, number])[], upperCase: boolean): Texts {
  const texts: Texts = {
    document: '',
    articleCode: '',
    articleName: '',
    quantity: '',
    unitPrice: '',
    timestamp: '',
    customer: '',
    country: '',
  };
  for (const [field, index] of columns) {
    const text = (row.cells[index] ?? '').trim();
    if (text.length > MAX_LENGTH[field]) throw new Fault('VALUE_TOO_LONG', field);
    texts[field] = text;
  }
  if (upperCase) texts.articleCode = texts.articleCode.toUpperCase();
  return texts;
}

function lineReader(profile: MappingProfile, merchantCell: (row: CsvRow) => string) {
  const checkFilters = filterCheck(profile);
  const kindOf = documentRule(profile);
  const merchantOf = merchantReader(profile, merchantCell);
  const piecesOf = piecesReader(profile);
  const timeOf = timeReader(profile);
  const priceOf = priceReader(profile);
  const countryOf = countryReader(profile);
  return (row: CsvRow, texts: Texts): ReadLine => {
    if (texts.document === '') throw new Fault('VALUE_MISSING', 'document');
    checkFilters(texts);
    const quantity = piecesOf(texts.quantity);
    return {
      kind: kindOf(texts.document, quantity),
      document: texts.document,
      merchantNumber: merchantOf(row, texts),
      sku: texts.articleCode,
      name: texts.articleName,
      quantity: Math.abs(quantity),
      unitPrice: profile.columns.unitPrice === undefined ? null : priceOf(texts.unitPrice),
      at: timeOf(texts.timestamp),
      country: countryOf(texts.country),
      customer: texts.customer || null,
    };
  };
}

function columnOf({ columns, merchant }: MappingProfile, field: ImportField | 'merchant'): string | null {
  if (field !== 'merchant') return columns[field] ?? null;
  if (merchant.from === 'column') return merchant.column;
  return merchant.from === 'pattern' ? (columns[merchant.field] ?? null) : null;
}
