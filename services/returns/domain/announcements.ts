import { cut } from '../../../shared/kernel/cut.ts';
import type { z } from 'zod';
import type { AnnouncementError } from '../../../shared/protocol/returns/announcement-actions.ts';
import { line, text } from '../../../shared/protocol/schemas.ts';
import { FIELDS, fieldOf, kindOf, type Field } from './announcement-columns.ts';

/** A return as a merchant announces it in a file. */
export interface Announcement {
  rma: string;
  /** Of its first line. */
  line: number;
  kind: 'withdrawal' | 'complaint' | 'exchange';
  order: string | null;
  carrier: string | null;
  tracking: string | null;
  note: string;
  items: { sku: string | null; name: string; quantity: number; reason: string | null }[];
}

export interface ReadAnnouncements {
  announcements: Announcement[];
  errors: AnnouncementError[];
  ignoredColumns: string[];
}

const MOST_ITEMS = 500;
const MOST_PIECES = 100_000;

const SHAPES: Partial<Record<Field, z.ZodType<string>>> = {
  rma: line(80),
  order: line(80),
  sku: line(80),
  name: line(300),
  reason: line(60),
  carrier: line(40),
  tracking: line(80),
  note: text(2_000),
};
/** What is said of a return as a whole, and so the same in each of its lines. */
const OF_THE_RETURN = ['order', 'kind', 'carrier', 'tracking', 'note'] as const;

type Cells = Partial<Record<Field, string>>;
interface Row {
  line: number;
  cells: Cells;
}

/**
 * Makes returns of the rows of a file: lines with the same RMA number are one return. Everything that is wrong is
 * told, each with its line and field.
 */
export function readAnnouncements(
  header: readonly string[],
  rows: readonly { line: number; cells: readonly string[] }[],
): ReadAnnouncements {
  const columns = header.map(fieldOf);
  const ignoredColumns = header.filter((name, index) => name !== '' && columns[index] === undefined);
  const wrong = headErrors(columns);
  if (wrong.length) return { announcements: [], errors: wrong, ignoredColumns };
  const read = rows.map(({ line: at, cells }) => ({ line: at, cells: cellsOf(columns, cells) }));
  const errors = read.flatMap(rowErrors);
  const groups = [...Map.groupBy(read, ({ cells }) => cells.rma ?? '')].filter(([rma]) => rma !== '');
  errors.push(...groups.flatMap(([, group]) => groupErrors(group)));
  if (!rows.length) errors.push({ line: 1, field: null, code: 'NO_LINES', message: 'There is nothing below the head' });
  return {
    announcements: errors.length ? [] : groups.map(([rma, group]) => announcementOf(rma, group)),
    errors: errors.toSorted((a, b) => a.line - b.line),
    ignoredColumns,
  };
}

function headErrors(columns: readonly (Field | undefined)[]): AnnouncementError[] {
  const missing = (['rma', 'quantity'] as const).filter((field) => !columns.includes(field));
  const nameless = !columns.includes('sku') && !columns.includes('name') ? (['sku'] as const) : [];
  const twice = FIELDS.filter((field) => columns.filter((column) => column === field).length > 1);
  return [
    ...[...missing, ...nameless].map((field) => ({
      ...{ line: 1, field, code: 'COLUMN_MISSING' },
      message: `There is no column for ${field}`,
    })),
    ...twice.map((field) => ({
      ...{ line: 1, field, code: 'COLUMN_TWICE' },
      message: `More than one column is about ${field}`,
    })),
  ];
}

function cellsOf(columns: readonly (Field | undefined)[], cells: readonly string[]): Cells {
  const given = columns.flatMap((field, index) => (field && cells[index] ? [[field, cells[index]] as const] : []));
  return Object.fromEntries(given);
}

function rowErrors({ line: at, cells }: Row): AnnouncementError[] {
  const wrong = (field: Field, code: string, message: string) => ({ line: at, field, code, message });
  const malformed = FIELDS.flatMap((field) => {
    const problem = cells[field] === undefined ? undefined : SHAPES[field]?.safeParse(cells[field]).error?.issues[0];
    return problem ? [wrong(field, problem.code.toUpperCase(), problem.message)] : [];
  });
  return [
    ...malformed,
    ...(cells.rma ? [] : [wrong('rma', 'REQUIRED', 'The RMA number is missing')]),
    ...(cells.sku || cells.name ? [] : [wrong('sku', 'REQUIRED', 'Give the article code, or say what it is')]),
    ...(cells.quantity ? [] : [wrong('quantity', 'REQUIRED', 'The quantity is missing')]),
    ...(cells.quantity && piecesIn(cells.quantity) === undefined
      ? [wrong('quantity', 'NOT_A_QUANTITY', `Must be a whole number from 1 to ${MOST_PIECES}`)]
      : []),
    ...(cells.kind && !kindOf(cells.kind)
      ? [wrong('kind', 'KIND_UNKNOWN', 'Must be withdrawal, complaint or exchange')]
      : []),
  ];
}

function piecesIn(cell: string): number | undefined {
  // a spreadsheet may write 2 as 2,0 or 2.00
  const [, whole] = /^\+?(\d{1,6})(?:[.,]0+)?$/.exec(cell) ?? [];
  const pieces = Number(whole);
  return whole !== undefined && pieces >= 1 && pieces <= MOST_PIECES ? pieces : undefined;
}

function groupErrors(group: readonly Row[]): AnnouncementError[] {
  const first = group[0]!;
  const differing = group.slice(1).flatMap(({ line: at, cells }) =>
    OF_THE_RETURN.filter((field) => cells[field] !== undefined && cells[field] !== firstOf(group, field)).map(
      (field) => ({
        ...{ line: at, field, code: 'DIFFERS_WITHIN_RETURN' },
        message: cut(`Another line of this RMA number says: ${firstOf(group, field)}`, 300),
      }),
    ),
  );
  if (group.length <= MOST_ITEMS) return differing;
  const message = `A return has at most ${MOST_ITEMS} lines`;
  return [...differing, { line: first.line, field: 'rma', code: 'TOO_MANY_ITEMS', message }];
}

/** It is enough when one line of a return says it. */
const firstOf = (group: readonly Row[], field: Field): string | undefined =>
  group.find(({ cells }) => cells[field] !== undefined)?.cells[field];

function announcementOf(rma: string, group: readonly Row[]): Announcement {
  const kind = firstOf(group, 'kind');
  return {
    rma,
    line: group[0]!.line,
    kind: kind === undefined ? 'withdrawal' : kindOf(kind)!,
    order: firstOf(group, 'order') ?? null,
    carrier: firstOf(group, 'carrier') ?? null,
    tracking: firstOf(group, 'tracking') ?? null,
    note: firstOf(group, 'note') ?? '',
    items: group.map(({ cells }) => ({
      sku: cells.sku ?? null,
      name: cells.name ?? '',
      quantity: piecesIn(cells.quantity!)!,
      reason: cells.reason ?? null,
    })),
  };
}
