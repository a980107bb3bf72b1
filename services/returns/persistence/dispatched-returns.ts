import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { ReturnFacts } from '../domain/model.ts';
import { headOf, type JsonRow } from './rows.ts';

/**
 * The goods of a batch left: its items are returned to their merchant, and every return with nothing left to do is
 * completed. Three statements for any number of them; the returns are locked first, so that an inspection that is
 * being reopened is waited for.
 * @returns the returns that were completed by it, without their items
 */
export async function returnToMerchant(em: EntityManager, batchId: string, at: Date): Promise<ReturnFacts[]> {
  await rows(
    em,
    sql`select id from returns.return
        where id in (select return_id from returns.return_item where rtv_batch_id = ${batchId}) order by id for update`,
  );
  await rows(
    em,
    sql`update returns.return_item set state = 'returned_to_merchant' where rtv_batch_id = ${batchId} and state = 'in_rtv_batch'`,
  );
  const changed = await rows<{ head: JsonRow }>(
    em,
    sql`with touched as (
          select r.id, r.state = 'processing' and not exists (select 1 from returns.return_item i where i.return_id = r.id
            and i.state not in ('missing', 'restocked', 'returned_to_merchant', 'disposed', 'donated')) as ended
          from returns.return r where r.id in (select return_id from returns.return_item where rtv_batch_id = ${batchId}))
        update returns.return r set version = r.version + 1, updated_at = ${at.toISOString()}::timestamptz,
          state = case when ended then 'completed' else r.state end,
          completed_at = case when ended then ${at.toISOString()}::timestamptz else r.completed_at end
        from touched where touched.id = r.id
        returning case when ended then to_jsonb(r) end as head`,
  );
  return changed.filter(({ head }) => head !== null).map(({ head }) => headOf(head));
}
