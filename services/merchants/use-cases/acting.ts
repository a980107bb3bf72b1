import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { contentHash } from '../content-hash.ts';

/** Creates with one id wait for each other, so that the second finds what the first made. */
export const lockId = (em: EntityManager, id: string) =>
  rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`merchants.create ${id}`}, 0))`);

/** The fields of a change with their values before, for the audit trail. */
export function changedFields<Row extends object>(
  row: Row,
  change: Partial<Record<keyof Row & string, unknown>>,
): { before: object; after: object } | undefined {
  const fields = (Object.keys(change) as (keyof Row & string)[]).filter(
    (field) => change[field] !== undefined && contentHash(change[field]) !== contentHash(row[field] ?? null),
  );
  if (!fields.length) return undefined;
  return {
    before: Object.fromEntries(fields.map((field) => [field, row[field] ?? null])),
    after: Object.fromEntries(fields.map((field) => [field, change[field]])),
  };
}
