import type { MikroORM } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import type { Clock } from '../kernel/clock.ts';
import { NotFound } from '../kernel/errors.ts';
import { SHOWN_ROWS, type Invariant, type SearchedId, type Violations } from '../protocol/self-check/invariant.ts';
import { firstRow, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** A row that contradicts an invariant. */
export interface ViolatingRow {
  id: string;
  detail: string;
}

/** Asks for the rows that contradict an invariant at a moment of business time: columns `id` and `detail`, both text. */
export type InvariantQuery = (now: Date) => RawBuilder<ViolatingRow>;

/** A query for each invariant of a list that no constraint keeps. */
export type InvariantQueries<List extends readonly Invariant[]> = Record<SearchedId<List>, InvariantQuery>;

/**
 * Looks for the rows of one invariant, reading only, across all merchants.
 * @throws NotFound for an id without query
 */
export async function checkInvariant(
  deps: { orm: MikroORM; now: Clock },
  queries: Readonly<Record<string, InvariantQuery>>,
  id: string,
): Promise<Violations> {
  const query = Object.hasOwn(queries, id) ? queries[id] : undefined;
  if (!query) throw new NotFound('invariant');
  const found = await inTransaction(
    deps.orm,
    'staff',
    (em) =>
      firstRow<Violations>(
        em,
        sql`with found as materialized (${query(deps.now())}),
              shown as (select id, left(coalesce(detail, 'a part of it is missing'), 500) as detail from found order by id limit ${SHOWN_ROWS})
            select (select count(*) from found)::int as count,
                   coalesce((select jsonb_agg(jsonb_build_object('id', id, 'detail', detail)) from shown), '[]') as examples`,
      ),
    { readOnly: true },
  );
  return found!;
}
