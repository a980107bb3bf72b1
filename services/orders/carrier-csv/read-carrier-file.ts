import { isLocalDate, type LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';
import { plainCell } from '../../../shared/csv/safe-cell.ts';
import type { Table } from '../../../shared/csv/read-table.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
import {
  carrierInvoice,
  type CarrierFileMistake,
  type CarrierInvoiceInput,
} from '../../../shared/protocol/orders/carrier-invoices.ts';
import { invoiceKey } from '../domain/carrier-invoice-key.ts';
import { fieldOf, kindOf, type Field } from './columns.ts';

/** What a file says; of a file with mistakes nothing is taken. */
export interface CarrierFile {
  invoices: { invoice: CarrierInvoiceInput; firstLine: number }[];
  errors: CarrierFileMistake[];
  ignoredColumns: string[];
}

/** What the form says of all lines, where the file has no column for it. */
export type Defaults = Partial<Record<'carrier' | 'number' | 'invoicedOn', string | undefined>>;

interface Row {
  line: number;
  cells: ReadonlyMap<Field, string>;
}

/**
 * Reads invoices of carriers from a table; lines with the same carrier and number are one invoice. Every mistake is
 * told with its line and column.
 * @param today  in the zone of the house
 * @throws InvalidInput at `file`: `WRONG_HEAD`, `NO_LINES`
 */
export function readCarrierFile({ header, rows }: Table, defaults: Defaults, today: LocalDate): CarrierFile {
  const fields = header.map(fieldOf);
  assertHead(fields, defaults);
  if (!rows.length) throw invalidField('file', 'NO_LINES', 'The file has no lines below its head');
  const errors: CarrierFileMistake[] = [];
  const read = rows.map(({ line, cells }) => rowOf(line, cells, fields, defaults));
  const groups = Map.groupBy(read, ({ cells }) =>
    JSON.stringify([invoiceKey(cells.get('carrier') ?? ''), invoiceKey(cells.get('number') ?? '')]),
  );
  const invoices = [...groups.values()].flatMap((members) => invoiceOf(members, errors, today));
  return {
    invoices: errors.length ? [] : invoices,
    errors: errors.toSorted((left, right) => left.line - right.line),
    ignoredColumns: header.filter((name, index) => fields[index] === undefined && name !== ''),
  };
}

function assertHead(fields: readonly (Field | undefined)[], defaults: Defaults): void {
  const given = new Set([
    ...fields,
    ...(Object.keys(defaults) as Field[]).filter((key) => defaults[key as keyof Defaults]),
  ]);
  const missing = (['carrier', 'number', 'invoicedOn', 'trackingNumber', 'amount'] as const).filter(
    (field) => !given.has(field),
  );
  if (missing.length) throw invalidField('file', 'WRONG_HEAD', `The head lacks ${missing.join(', ')}`);
  const twice = fields.find((field, index) => field !== undefined && fields.indexOf(field) !== index);
  if (twice) throw invalidField('file', 'WRONG_HEAD', `The column ${twice} stands twice`);
}

function rowOf(
  line: number,
  cells: readonly string[],
  fields: readonly (Field | undefined)[],
  defaults: Defaults,
): Row {
  const filled = new Map<Field, string>();
  for (const [field, value] of Object.entries(defaults)) if (value) filled.set(field as Field, value);
  cells.forEach((cell, index) => {
    const field = fields[index];
    if (field && cell !== '') filled.set(field, plainCell(cell));
  });
  return { line, cells: filled };
}

function invoiceOf(rows: readonly Row[], errors: CarrierFileMistake[], today: LocalDate): CarrierFile['invoices'] {
  const [first] = rows as [Row];
  const invoicedOn = dayOf(first.cells.get('invoicedOn') ?? '');
  const wrong = rows.flatMap(mistakesOf);
  if (isLocalDate(invoicedOn) && invoicedOn > today)
    wrong.push(mistake(first.line, 'invoicedOn', 'IN_THE_FUTURE', 'Must not lie in the future'));
  for (const { line, cells } of rows)
    if (cells.get('invoicedOn') !== first.cells.get('invoicedOn'))
      wrong.push(mistake(line, 'invoicedOn', 'DIFFERS', 'Other lines of this invoice name another day'));
  const named = rows.map(({ cells }) => cells.get('line'));
  rows.forEach(({ line }, index) => {
    if (named[index] !== undefined && named.indexOf(named[index]) !== index)
      wrong.push(mistake(line, 'line', 'DUPLICATE', 'This invoice has a line of this number already'));
  });
  if (named.some((number) => number === undefined) && named.some((number) => number !== undefined))
    wrong.push(mistake(first.line, 'line', 'INCOMPLETE', 'Either every line of an invoice has its number or none'));
  const parsed = carrierInvoice.safeParse({
    ...{ carrier: first.cells.get('carrier'), number: first.cells.get('number') },
    ...{ invoicedOn, currency: first.cells.get('currency')?.toUpperCase() },
    lines: rows.map(({ cells }) => ({
      ...(cells.has('line') ? { line: Number(cells.get('line')) } : {}),
      trackingNumber: cells.get('trackingNumber') ?? '',
      kind: kindOf(cells.get('kind') ?? '') ?? 'other',
      amountMinor: minorOf(cells.get('amount') ?? '') ?? 0,
      text: cells.get('text') ?? '',
    })),
  });
  const known = new Set(wrong.map(({ line, field }) => `${line} ${field}`));
  const found = parsed.success ? [] : parsed.error.issues.flatMap(fieldErrors).map((error) => placed(error, rows));
  errors.push(...wrong, ...found.filter(({ line, field }) => !known.has(`${line} ${field}`)));
  return parsed.success ? [{ invoice: parsed.data, firstLine: first.line }] : [];
}

/** What the schema of an invoice could not tell from its own words. */
function mistakesOf({ line, cells }: Row): CarrierFileMistake[] {
  const amount = cells.get('amount') ?? '';
  return [
    ...(minorOf(amount) === undefined
      ? [mistake(line, 'amount', 'INVALID_VALUE', 'Must be an amount with at most two places, 12,50 or 12.50')]
      : []),
    ...(kindOf(cells.get('kind') ?? '') === undefined
      ? [mistake(line, 'kind', 'UNKNOWN_KIND', `Nobody knows a surcharge ${cells.get('kind')}; “other” fits any`)]
      : []),
    ...(cells.has('line') && !/^\d{1,6}$/.test(cells.get('line')!)
      ? [mistake(line, 'line', 'INVALID_VALUE', 'Must be a whole number from 1 on')]
      : []),
  ];
}

const mistake = (line: number, field: string, code: string, message: string): CarrierFileMistake => ({
  ...{ line, field, code, message },
});

function placed(
  { path, code, message }: { path: string; code: string; message: string },
  rows: readonly Row[],
): CarrierFileMistake {
  const [, index, field] = /^lines\.(\d+)\.?(.*)$/.exec(path) ?? [];
  const at = index === undefined ? rows[0]! : rows[Number(index)]!;
  const column = field === 'amountMinor' ? 'amount' : (field ?? path);
  return { line: at.line, field: column || null, code, message };
}

/**
 * An amount as German or English spreadsheets write it, as cents; with three figures behind a single sign nobody can
 * tell whether it is a thousand.
 */
export function minorOf(cell: string): number | undefined {
  const text = cell.replaceAll(/[\s€]/g, '');
  const german = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(text);
  const english = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (/^-?\d{1,3}[.,]\d{3}$/.test(text)) return undefined;
  const found = german ?? english;
  if (!found) return undefined;
  const [, sign, whole = '', fraction = ''] = found;
  const minor = Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(fraction.padEnd(2, '0'));
  return sign ? -minor : minor;
}

/** 2026-07-01, or as German spreadsheets save it: 01.07.2026. */
function dayOf(cell: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isLocalDate(iso) ? iso : cell;
}
