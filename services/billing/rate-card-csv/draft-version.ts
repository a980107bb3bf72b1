import type { RateCsvError } from '../../../shared/protocol/billing/rate-tools-views.ts';
import { valueOf } from './cells.ts';
import { DAYS_OF_MONTH, fieldsOf, PLACE_COLUMNS, type Field, type Kind } from './columns.ts';

/** A line whose place is known; cells that are filled, by column. */
export interface CardLine {
  line: number;
  version: number;
  validFrom: string;
  kind: Kind;
  cells: ReadonlyMap<string, string>;
}

/** A version as a client would send it, not checked yet. */
export interface VersionDraft {
  content: Record<string, unknown>;
  errors: RateCsvError[];
  /** Where a path of the content stands in the file. */
  at: (path: string) => { line: number; field: string | null };
}

type Part = 'rules' | 'adjustments' | 'minimums';
interface Entry {
  line: number;
  value: Record<string, unknown>;
  fields: readonly Field[];
  tiers: { line: number; value: Record<string, unknown> }[];
}

/** Puts the lines of one version together. */
export function draftVersion(version: number, lines: readonly CardLine[]): VersionDraft {
  const errors: RateCsvError[] = [];
  const parts: Record<Part, Entry[]> = { rules: [], adjustments: [], minimums: [] };
  const validFrom = validFromOf(lines, errors);
  for (const line of lines.filter(({ kind }) => kind !== 'tier')) addEntry(parts, line, errors);
  for (const line of lines.filter(({ kind }) => kind === 'tier')) addTier(parts.rules, line, errors);
  const valuesOf = (part: Part) => parts[part].map(({ value }) => value);
  return {
    content: {
      ...{ version, validFrom },
      ...{ rules: valuesOf('rules'), adjustments: valuesOf('adjustments'), minimums: valuesOf('minimums') },
    },
    errors,
    at: (path) => placeOf(path, parts, lines[0]!.line),
  };
}

function validFromOf(lines: readonly CardLine[], errors: RateCsvError[]): string {
  const [first] = lines;
  for (const { line, validFrom } of lines.slice(1))
    if (validFrom !== '' && validFrom !== first!.validFrom)
      errors.push({
        ...{ line, field: 'validFrom', code: 'VALID_FROM_DIFFERS' },
        message: `The first line of this version says ${first!.validFrom}`,
      });
  return first!.validFrom;
}

function addEntry(parts: Record<Part, Entry[]>, { line, kind, cells }: CardLine, errors: RateCsvError[]): void {
  const part = kind === 'rule' ? 'rules' : kind === 'minimum' ? 'minimums' : 'adjustments';
  const { value, fields } = entryOf(kind, line, cells, errors);
  const key = cells.get('key') ?? '';
  if (parts[part].some((other) => other.value['key'] === key))
    errors.push({ line, field: 'key', code: 'KEY_TWICE', message: `${key} stands in this version already` });
  const model = cells.get('model');
  const tiers: Entry['tiers'] = [];
  if (kind === 'surcharge' || kind === 'discount') value['kind'] = kind;
  if (model === 'graduated' || model === 'volume') (value['model'] as Record<string, unknown>)['tiers'] = [];
  parts[part].push({ line, value, fields, tiers });
}

function addTier(rules: readonly Entry[], { line, cells }: CardLine, errors: RateCsvError[]): void {
  const key = cells.get('key') ?? '';
  const rule = rules.find(({ value }) => value['key'] === key);
  const list = (rule?.value['model'] as { tiers?: unknown[] } | undefined)?.tiers;
  if (!rule || !list)
    return void errors.push({
      ...{ line, field: 'key', code: 'TIER_WITHOUT_RULE' },
      message: 'This version has no graduated or volume rule of this key',
    });
  const { key: _, ...tier } = entryOf('tier', line, cells, errors).value;
  const value = { upTo: null, ...tier };
  list.push(value);
  rule.tiers.push({ line, value });
}

function entryOf(kind: Kind, line: number, cells: ReadonlyMap<string, string>, errors: RateCsvError[]) {
  const { common, own } = fieldsOf(kind, cells.get('model') ?? '');
  const fields = [...common, ...(own ?? [])];
  const value: Record<string, unknown> = {};
  for (const [column, cell] of cells) {
    if (PLACE_COLUMNS.includes(column)) continue;
    const field = fields.find((one) => one.column === column);
    if (field && column === 'baseQuantity' && cell === DAYS_OF_MONTH && kind === 'rule')
      put(value, 'model.perDaysOfMonth', true);
    else if (field) put(value, field.path, valueOf(cell, field.type));
    // of a model that does not exist nobody knows the columns
    else if (own)
      errors.push({ line, field: column, code: 'CELL_NOT_USED', message: 'Such a line has nothing in this column' });
  }
  return { value, fields };
}

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [head = '', ...rest] = path.split('.');
  if (!rest.length) target[head] = value;
  else put((target[head] ??= {}) as Record<string, unknown>, rest.join('.'), value);
}

/** `rules.3.model.tiers.1.unitPrice` is the price in the line of that tier. */
function placeOf(path: string, parts: Record<Part, Entry[]>, firstLine: number) {
  const [part = '', index = '', ...rest] = path.split('.');
  const entry = part in parts ? parts[part as Part][Number(index)] : undefined;
  if (!entry) return { line: firstLine, field: part === 'validFrom' || part === 'version' ? part : null };
  const [, tierIndex, tierPath] = /^model\.tiers\.(\d+)\.?(.*)$/.exec(rest.join('.')) ?? [];
  const tier = tierIndex === undefined ? undefined : entry.tiers[Number(tierIndex)];
  if (tier) return { line: tier.line, field: columnOf(fieldsOf('tier', '').common, tierPath ?? '') };
  return { line: entry.line, field: columnOf(entry.fields, rest.join('.')) };
}

function columnOf(fields: readonly Field[], path: string): string | null {
  if (path === 'model.perDaysOfMonth') return 'baseQuantity';
  const found =
    fields.find((field) => field.path === path) ??
    fields.find((field) => path.startsWith(`${field.path}.`)) ??
    fields.find((field) => path !== '' && field.path.startsWith(`${path}.`));
  // tiers that are missing altogether
  return found?.column ?? (/^(model|value)\b/.test(path) ? 'model' : null);
}
