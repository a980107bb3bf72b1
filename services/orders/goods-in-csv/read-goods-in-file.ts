import { plainCell } from '../../../shared/csv/safe-cell.ts';
import type { Table } from '../../../shared/csv/read-table.ts';
import { isLocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import { goodsInActions } from '../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInMistake } from '../../../shared/protocol/orders/goods-in.ts';
import { fieldOf, REQUIRED, type Field } from './columns.ts';

/** A delivery as a file announces it. */
export interface FiledDelivery {
  announcement: InputOf<typeof goodsInActions.announceGoodsIn>;
  /** Line of the file that names it first. */
  line: number;
}

/** What a file says; of a file with mistakes nothing is taken. */
export interface GoodsInFile {
  deliveries: FiledDelivery[];
  errors: GoodsInMistake[];
  ignoredColumns: string[];
}

interface Row {
  line: number;
  cells: ReadonlyMap<Field, string>;
}

/** What belongs to a delivery and not to one of its articles. */
const OF_DELIVERY = ['expectedOn', 'expectedPallets', 'expectedCartons', 'note'] as const satisfies readonly Field[];
const LOADS = ['expectedPallets', 'expectedCartons'] as const satisfies readonly Field[];

/**
 * Reads announced deliveries from a table: one line per article, lines with the same reference are one delivery. What
 * belongs to the delivery may stand in one of its lines or in all of them. Every mistake is told with line and column.
 * @throws InvalidInput at `file`: `WRONG_HEAD`, `NO_LINES`
 */
export function readGoodsInFile({ header, rows }: Table, merchantId: string): GoodsInFile {
  const fields = header.map(fieldOf);
  assertHead(fields);
  if (!rows.length) throw invalidField('file', 'NO_LINES', 'The file has no lines below its head');
  const read = rows.map(({ line, cells }): Row => ({ line, cells: filled(cells, fields) }));
  const unnamed = read.filter(({ cells }) => !cells.has('reference'));
  const errors = unnamed.map(({ line }) => mistake(line, 'reference', 'REQUIRED', 'Say to which delivery it belongs'));
  const named = read.filter(({ cells }) => cells.has('reference'));
  const deliveries = [...Map.groupBy(named, ({ cells }) => cells.get('reference')!).values()].flatMap((members) =>
    deliveryOf(members, merchantId, errors),
  );
  return {
    deliveries: errors.length ? [] : deliveries,
    errors: errors.toSorted((left, right) => left.line - right.line),
    ignoredColumns: header.filter((name, index) => fields[index] === undefined && name !== ''),
  };
}

function assertHead(fields: readonly (Field | undefined)[]): void {
  const missing = REQUIRED.filter((field) => !fields.includes(field));
  if (missing.length) throw invalidField('file', 'WRONG_HEAD', `The head lacks ${missing.join(', ')}`);
  const twice = fields.find((field, index) => field !== undefined && fields.indexOf(field) !== index);
  if (twice) throw invalidField('file', 'WRONG_HEAD', `The column ${twice} stands twice`);
}

function filled(cells: readonly string[], fields: readonly (Field | undefined)[]): Map<Field, string> {
  const said = new Map<Field, string>();
  cells.forEach((cell, index) => {
    const field = fields[index];
    if (field && cell !== '') said.set(field, plainCell(cell));
  });
  return said;
}

function deliveryOf(rows: readonly Row[], merchantId: string, errors: GoodsInMistake[]): FiledDelivery[] {
  const head = new Map(OF_DELIVERY.map((field) => [field, rows.find(({ cells }) => cells.has(field))]));
  const said = (field: (typeof OF_DELIVERY)[number]) => head.get(field)?.cells.get(field);
  const wrong = rows.flatMap((row, index) => mistakesOf(row, rows.slice(0, index), said));
  const parsed = goodsInActions.announceGoodsIn.body.safeParse({
    ...{ merchantId, reference: rows[0]!.cells.get('reference'), expectedOn: dayOf(said('expectedOn') ?? '') },
    ...(head.get('expectedPallets') ? { expectedPallets: Number(said('expectedPallets')) } : {}),
    ...(head.get('expectedCartons') ? { expectedCartons: Number(said('expectedCartons')) } : {}),
    note: said('note') ?? '',
    lines: rows.map(({ cells }) => ({
      ...{ sku: cells.get('sku') ?? '', name: cells.get('name') ?? '', quantity: Number(cells.get('quantity')) },
    })),
  });
  const known = new Set(wrong.map(({ line, field }) => `${line} ${field}`));
  const found = (parsed.success ? [] : parsed.error.issues.flatMap(fieldErrors)).map(({ path, code, message }) => {
    const [, index, column] = /^lines\.(\d+)\.?(.*)$/.exec(path) ?? [];
    const at =
      index === undefined ? (head.get(path as (typeof OF_DELIVERY)[number]) ?? rows[0]!) : rows[Number(index)]!;
    return mistake(at.line, index === undefined ? path : column || null, code, message);
  });
  errors.push(...wrong, ...found.filter(({ line, field }) => !known.has(`${line} ${field}`)));
  return parsed.success ? [{ announcement: parsed.data, line: rows[0]!.line }] : [];
}

/** What the schema of an announcement could not tell in words of the file. */
function mistakesOf(
  { line, cells }: Row,
  above: readonly Row[],
  said: (field: (typeof OF_DELIVERY)[number]) => string | undefined,
): GoodsInMistake[] {
  const [sku, quantity] = [cells.get('sku'), cells.get('quantity')];
  return [
    ...LOADS.filter((field) => cells.has(field) && !/^\d{1,7}$/.test(cells.get(field)!)).map((field) =>
      mistake(line, field, 'INVALID_VALUE', 'Must be a whole number in figures'),
    ),
    ...(quantity === undefined ? [mistake(line, 'quantity', 'REQUIRED', 'Say how many pieces come')] : []),
    ...(quantity !== undefined && !/^0*[1-9]\d{0,6}$/.test(quantity)
      ? [mistake(line, 'quantity', 'NOT_A_QUANTITY', 'Must be a whole number from 1 on, in figures')]
      : []),
    ...(sku === undefined ? [mistake(line, 'sku', 'REQUIRED', 'Say which article comes')] : []),
    ...(sku !== undefined && above.some((other) => other.cells.get('sku') === sku)
      ? [mistake(line, 'sku', 'NAMED_TWICE', 'This article stands in another line of the delivery')]
      : []),
    ...OF_DELIVERY.filter((field) => cells.has(field) && cells.get(field) !== said(field)).map((field) =>
      mistake(line, field, 'DIFFERS', 'Other lines of this delivery say something else'),
    ),
  ];
}

const mistake = (line: number, field: string | null, code: string, message: string): GoodsInMistake => ({
  ...{ line, field, code, message },
});

/** 2026-07-01, or as German spreadsheets save it: 01.07.2026. */
function dayOf(cell: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isLocalDate(iso) ? iso : cell;
}
