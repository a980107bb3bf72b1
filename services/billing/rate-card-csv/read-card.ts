import { invalidField } from '../../../shared/kernel/errors.ts';
import { plainCell } from '../../../shared/csv/safe-cell.ts';
import type { Table } from '../../../shared/csv/read-table.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
import { rateVersion, type RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';
import type { RateCsvError } from '../../../shared/protocol/billing/rate-tools-views.ts';
import { versionErrors } from '../domain/rate-card.ts';
import { dayOf } from './cells.ts';
import { COLUMNS, KINDS, NEEDED_COLUMNS, type Kind } from './columns.ts';
import { draftVersion, type CardLine, type VersionDraft } from './draft-version.ts';

/** What a file says; `versions` holds those without mistakes only. */
export interface CardFile {
  versions: { version: RateVersionInput; firstLine: number }[];
  errors: RateCsvError[];
  ignoredColumns: string[];
}

/**
 * Reads the versions of a card from a table. Every mistake is told with its line and column, those of the file as a
 * whole end the reading.
 * @throws InvalidInput at `file`: `WRONG_HEAD`, `NO_LINES`
 */
export function readCard({ header, rows }: Table): CardFile {
  const columns = header.map((name) => COLUMNS.find((column) => column.toLowerCase() === name.toLowerCase()));
  const missing = NEEDED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length) throw invalidField('file', 'WRONG_HEAD', `The head lacks ${missing.join(', ')}`);
  const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (twice) throw invalidField('file', 'WRONG_HEAD', `The column ${twice} stands twice`);
  if (!rows.length) throw invalidField('file', 'NO_LINES', 'The file has no lines below its head');
  const errors: RateCsvError[] = [];
  const lines = rows.flatMap((row) => lineOf(row, columns, errors));
  errors.push(...mixedDecimals(lines));
  const versions = [...Map.groupBy(lines, ({ version }) => version)].flatMap(([version, members]) => {
    const draft = draftVersion(version, members);
    const found = [...draft.errors, ...(draft.errors.length ? [] : schemaErrors(draft))];
    errors.push(...found);
    return found.length ? [] : [{ version: rateVersion.parse(draft.content), firstLine: members[0]!.line }];
  });
  return {
    versions: errors.length ? [] : versions,
    errors: errors.toSorted((left, right) => left.line - right.line),
    ignoredColumns: header.filter((name, index) => columns[index] === undefined && name !== ''),
  };
}

function lineOf(
  { line, cells }: Table['rows'][number],
  columns: readonly ((typeof COLUMNS)[number] | undefined)[],
  errors: RateCsvError[],
): CardLine[] {
  const filled = new Map<string, string>();
  cells.forEach((cell, index) => {
    const column = columns[index];
    if (column && cell !== '') filled.set(column, plainCell(cell));
    if (index >= columns.length && cell !== '')
      errors.push({ line, field: null, code: 'TOO_MANY_CELLS', message: 'This line has more cells than the head' });
  });
  const kind = filled.get('kind') ?? '';
  const version = filled.get('version') ?? '1';
  const wrong = (field: string, message: string) => errors.push({ line, field, code: 'INVALID_VALUE', message });
  const isKind = (KINDS as readonly string[]).includes(kind);
  const isNumber = /^[1-9]\d{0,8}$/.test(version);
  if (!isKind) wrong('kind', `Must be one of ${KINDS.join(', ')}`);
  if (!isNumber) wrong('version', 'Must be a whole number from 1 on');
  if (!isKind || !isNumber) return [];
  const validFrom = dayOf(filled.get('validFrom') ?? '');
  return [{ line, version: Number(version), validFrom, kind: kind as Kind, cells: filled }];
}

const DECIMALS = ['price', 'upTo', 'percent', 'baseQuantity', 'freeQuantity', 'minimum', 'maximum'];

/** With decimal commas in one place, 1.250 in another may be a thousand: nobody can tell. */
function mixedDecimals(lines: readonly CardLine[]): RateCsvError[] {
  const cells = lines.flatMap(({ line, cells: filled }) =>
    DECIMALS.map((field) => ({ line, field, cell: filled.get(field) ?? '' })),
  );
  if (!cells.some(({ cell }) => /^-?\d+,\d+$/.test(cell))) return [];
  return cells
    .filter(({ cell }) => /^-?\d+\.\d+$/.test(cell))
    .map(({ line, field }) => ({
      ...{ line, field, code: 'DECIMAL_AMBIGUOUS' },
      message: 'Other numbers of the file have a decimal comma; write this one so too',
    }));
}

function schemaErrors({ content, at }: VersionDraft): RateCsvError[] {
  const parsed = rateVersion.safeParse(content);
  const found = parsed.success ? versionErrors(parsed.data, '') : parsed.error.issues.flatMap(fieldErrors);
  return found.map(({ path, code, message }) => ({ ...at(path), code, message }));
}
