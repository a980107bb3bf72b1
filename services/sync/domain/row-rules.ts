import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import type { CsvRow, RowFault } from './import-items.ts';
import { localTimeReader } from './local-time.ts';
import type { ImportField, MappingProfile } from './mapping-profile.ts';
import { compilePattern, PATTERN_INPUT_LIMIT } from './safe-pattern.ts';

/** The cells of a row by field, trimmed; '' where the profile reads no such column. */
export type Texts = Record<ImportField, string>;

const DIGITS = /^\d+$/;
const PIECES = /^-?\d{1,9}$/;
const MERCHANT_NUMBER = /^[0-9A-Za-z][0-9A-Za-z._-]{0,19}$/;

/** Ends the reading of one row; never leaves the row reader. */
export class Fault extends Error {
  readonly code: RowFault;
  readonly field: ImportField | 'merchant';
  constructor(code: RowFault, field: ImportField | 'merchant') {
    super(code);
    this.code = code;
    this.field = field;
  }
}

export function filterCheck({ articleCode, filters }: MappingProfile): (texts: Texts) => void {
  const accepted = articleCode.matches === undefined ? null : compilePattern(articleCode.matches);
  const rules = filters.map((rule) => ({
    ...rule,
    regex: rule.matches === undefined ? null : compilePattern(rule.matches),
  }));
  return (texts) => {
    if (texts.articleCode === '') throw new Fault('VALUE_MISSING', 'articleCode');
    if (accepted && !accepted.test(texts.articleCode)) throw new Fault('ARTICLE_CODE_NOT_ACCEPTED', 'articleCode');
    for (const { field, regex, equals, notEquals } of rules) {
      const text = texts[field];
      if (regex && text.length > PATTERN_INPUT_LIMIT) throw new Fault('VALUE_TOO_LONG', field);
      if ((regex && !regex.test(text)) || (equals !== undefined && text !== equals) || text === notEquals) {
        throw new Fault('FILTERED', field);
      }
    }
  };
}

export function documentRule({
  documents,
}: MappingProfile): (document: string, quantity: number) => 'order' | 'return' {
  const order = compilePattern(documents.order);
  const prefix = documents.returnPrefix;
  return (document, quantity) => {
    if (quantity > 0 && order.test(document)) return 'order';
    const returned = quantity < 0 && prefix !== undefined && document.startsWith(prefix);
    if (returned && order.test(document.slice(prefix.length))) return 'return';
    throw new Fault('NO_DOCUMENT_RULE', 'document');
  };
}

export function merchantReader(
  { merchant }: MappingProfile,
  cell: (row: CsvRow) => string,
): (row: CsvRow, texts: Texts) => string {
  const checked = (number: string): string => {
    if (!MERCHANT_NUMBER.test(number)) throw new Fault('MERCHANT_NOT_RECOGNISED', 'merchant');
    return number;
  };
  if (merchant.from === 'constant') return () => merchant.number;
  if (merchant.from === 'column') return (row) => checked(cell(row));
  const { field } = merchant;
  const pattern = compilePattern(merchant.pattern);
  return (_row, texts) =>
    checked((texts[field].length <= PATTERN_INPUT_LIMIT && pattern.exec(texts[field])?.[1]) || '');
}

export function timeReader({ time }: MappingProfile): (text: string) => Date {
  const read = localTimeReader(time.format, time.zone);
  return (text) => {
    const at = read(text);
    if (at === 'invalid') throw new Fault('TIME_INVALID', 'timestamp');
    if (at === 'nonexistent') throw new Fault('TIME_DOES_NOT_EXIST', 'timestamp');
    return at;
  };
}

export function piecesReader({ numbers }: MappingProfile): (text: string) => number {
  return (text) => {
    const plain = ungrouped(text, numbers);
    if (!PIECES.test(plain) || Number(plain) === 0) throw new Fault('QUANTITY_INVALID', 'quantity');
    return Number(plain);
  };
}

export function priceReader({ numbers }: MappingProfile): (text: string) => string {
  return (text) => {
    const [grouped = '', ...places] = text.split(numbers.decimal);
    const whole = ungrouped(grouped, numbers);
    try {
      if (DIGITS.test(whole)) return formatMicros(parseMicros([whole, ...places].join('.')));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    throw new Fault('PRICE_INVALID', 'unitPrice');
  };
}

/** Without its group signs where they stand before three digits each; elsewhere they stay and make the number wrong. */
function ungrouped(whole: string, { group }: MappingProfile['numbers']): string {
  if (group === '' || !whole.includes(group)) return whole;
  const [first = '', ...rest] = whole.split(group);
  return /^-?\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part)) ? first + rest.join('') : whole;
}

export function countryReader({ constants, valueMaps }: MappingProfile): (text: string) => string {
  const map = valueMaps.country && new Map(Object.entries(valueMaps.country));
  return (text) => {
    if (constants.country !== undefined) return constants.country;
    const country = map ? map.get(text) : /^[A-Z]{2}$/.test(text) ? text : undefined;
    if (country === undefined) throw new Fault('VALUE_NOT_MAPPED', 'country');
    return country;
  };
}
