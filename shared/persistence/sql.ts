import { sql, type RawBuilder } from 'kysely';
import type { EntityManager } from './orm.ts';

export { sql };

/**
 * Runs set-based SQL inside the transaction of `em`. Values are bound, arrays included:
 * `rows(em, sql<{ id: string }>`select id from item where id = any(${ids})`)`.
 */
export async function rows<Row>(em: EntityManager, query: RawBuilder<Row>): Promise<Row[]> {
  return (await query.execute(em.getKysely())).rows;
}

/** The first row of {@link rows}, if any. */
export async function firstRow<Row>(em: EntityManager, query: RawBuilder<Row>): Promise<Row | undefined> {
  return (await rows(em, query))[0];
}

/** Runs SQL and tells how many rows it changed. */
export async function affected(em: EntityManager, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(em.getKysely())).numAffectedRows ?? 0n);
}
