import { csvLine } from '../../../shared/csv/safe-cell.ts';
import type { RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';
import { COLUMNS, DAYS_OF_MONTH, fieldsOf, type CellType, type Kind } from './columns.ts';

type Version = Pick<RateVersionInput, 'version' | 'validFrom' | 'rules' | 'adjustments' | 'minimums'>;

/**
 * Versions as CSV with a byte order mark. German spreadsheets want semicolons and decimal commas, and would make dates
 * of prices with a point; English ones the other way round.
 */
export function writeCard(versions: readonly Version[], language: 'de' | 'en'): string {
  const [delimiter, point] = language === 'de' ? [';', ','] : [',', '.'];
  const lines = [COLUMNS, ...versions.flatMap((version) => versionLines(version, point))];
  return `\ufeff${lines.map((cells) => csvLine(cells, delimiter)).join('')}`;
}

/** The lines of a version without the head. @param point  of decimals */
export function versionLines({ version, validFrom, ...content }: Version, point = '.'): string[][] {
  const line = (kind: Kind, entry: object, model = ''): string[] => {
    const { common, own = [] } = fieldsOf(kind, model);
    const cells = new Map<string, string>([
      ['version', String(version)],
      ['validFrom', validFrom],
      ['kind', kind],
    ]);
    for (const { column, path, type } of [...common, ...own])
      cells.set(column, cellOf(valueAt(entry, path), type, point));
    if (valueAt(entry, 'model.perDaysOfMonth') === true) cells.set('baseQuantity', DAYS_OF_MONTH);
    return COLUMNS.map((column) => cells.get(column) ?? '');
  };
  return [
    ...content.rules.flatMap((rule) => [
      line('rule', rule, rule.model.type),
      ...('tiers' in rule.model ? rule.model.tiers.map((tier) => line('tier', { key: rule.key, ...tier })) : []),
    ]),
    ...content.adjustments.map((adjustment) => line(adjustment.kind, adjustment, adjustment.value.type)),
    ...content.minimums.map((minimum) => line('minimum', minimum)),
  ];
}

export const valueAt = (entry: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], entry);

function cellOf(value: unknown, type: CellType, point: string): string {
  if (value === undefined || value === null) return '';
  if (type === 'list') return (value as string[]).map((word) => word.replaceAll(/[\\|]/g, String.raw`\$&`)).join('|');
  return type === 'decimal' ? String(value).replace('.', point) : String(value);
}
