import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Return } from '../domain/model.ts';

/**
 * How many of the parcels that the first return came in its merchant pays for with other returns split from it; an
 * undeliverable one is paid for as it is received. Whoever asks holds the family until the end of the transaction, so
 * that of two that end their inspection at once the later one sees what the earlier one pays.
 */
export async function intakePaidElsewhere(em: EntityManager, { id, merchantId }: Return): Promise<number> {
  await rows(
    em,
    sql`with recursive ${upTo(id)}
        select pg_advisory_xact_lock(hashtextextended('returns.family:' || id, 0)) from up where parent_id is null`,
  );
  const found = await firstRow<{ paid: number }>(
    em,
    sql`with recursive ${upTo(id)}, family as (
          select id from up where parent_id is null
          union all select r.id from family f join returns.return r on r.parent_id = f.id)
        select coalesce(sum(case when r.kind = 'undeliverable' and r.received_at is not null
                                 then greatest(1, r.charged_intake) else r.charged_intake end), 0)::int as paid
        from family f join returns.return r on r.id = f.id
        where r.id <> ${id} and r.merchant_id = ${merchantId}`,
  );
  return found?.paid ?? 0;
}

const upTo = (id: string) => sql`up as (
  select id, parent_id from returns.return where id = ${id}
  union all select r.id, r.parent_id from up u join returns.return r on r.id = u.parent_id)`;
