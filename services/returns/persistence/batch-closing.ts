import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { reachedLimit, type BatchLimits, type BatchTotals } from '../domain/batch-limits.ts';
import type { RtvSchedule } from '../domain/batch-schedule.ts';
import type { BatchClosedBy } from '../domain/batch-states.ts';
import type { Return } from '../domain/model.ts';
import { numbersOf, totals } from './batch-contents.ts';
import { hasLimits } from './batches.ts';

/** A batch that was just closed by what is in it. */
export interface ClosedBatch {
  id: string;
  merchantId: string;
  closedBy: BatchClosedBy;
}

/** Batches that items came into between two states of a return. */
export const joinedBatches = (before: Return, after: Return): string[] => {
  const earlier = new Map(before.items.map(({ id, rtvBatchId }) => [id, rtvBatchId]));
  const joined = after.items.filter(({ id, rtvBatchId }) => rtvBatchId !== null && rtvBatchId !== earlier.get(id));
  return [...new Set(joined.map(({ rtvBatchId }) => rtvBatchId!))];
};

/**
 * Closes those of the batches that have reached a limit of their merchant's policy, in the transaction that reached it
 * (C5); the items of that transaction are saved already and belong to it. Where there are limits the batch is locked
 * since `joinOpenBatch`, so no other item can have come in between.
 */
export async function closeFullBatches(
  em: EntityManager,
  batchIds: readonly string[],
  at: Date,
): Promise<ClosedBatch[]> {
  if (!batchIds.length) return [];
  const filled = await rows<
    { id: string; merchantId: string; limits: BatchLimits } & Record<keyof BatchTotals, string>
  >(
    em,
    sql`select b.id, b.merchant_id as "merchantId", m.return_policy -> 'batch' as limits, i.*
        from returns.rtv_batch b join returns.merchant_ref m on m.merchant_id = b.merchant_id, lateral (
          select ${totals} from returns.return_item i
            left join returns.article_ref a on a.merchant_id = i.merchant_id and a.sku = i.sku
          where i.rtv_batch_id = b.id) i
        where b.id = any(${batchIds}::uuid[]) and b.state = 'open' and ${hasLimits}`,
  );
  const closed = filled.flatMap(({ id, merchantId, limits, ...sums }) => {
    const closedBy = reachedLimit(numbersOf(sums), limits);
    return closedBy ? [{ id, merchantId, closedBy }] : [];
  });
  if (closed.length)
    await rows(
      em,
      sql`update returns.rtv_batch b set state = 'closing', closed_at = ${at.toISOString()}::timestamptz, closed_on = joined_on,
            closed_by = f.closed_by, version = version + 1, updated_at = ${at.toISOString()}::timestamptz
          from unnest(${closed.map(({ id }) => id)}::uuid[], ${closed.map(({ closedBy }) => closedBy)}::text[]) as f (id, closed_by)
          where b.id = f.id and b.state = 'open'`,
    );
  return closed;
}

/** Open batches whose merchant's schedule says that they close, longest due first; empty ones too. */
export async function batchesDue(
  em: EntityManager,
  lastClosings: Partial<Record<RtvSchedule, Date | undefined>>,
  limit: number,
): Promise<{ id: string; empty: boolean }[]> {
  const due = Object.entries(lastClosings).filter(([, at]) => at !== undefined) as [RtvSchedule, Date][];
  return rows(
    em,
    sql<{ id: string; empty: boolean }>`
      select b.id, not exists (select 1 from returns.return_item i where i.rtv_batch_id = b.id) as empty
      from returns.rtv_batch b join returns.merchant_ref m on m.merchant_id = b.merchant_id
        join unnest(${due.map(([schedule]) => schedule)}::text[], ${due.map(([, at]) => at.toISOString())}::timestamptz[])
          as due (schedule, at) on due.schedule = m.rtv_schedule
      where b.state = 'open' and b.schedule_from < due.at order by b.schedule_from, b.id limit ${limit}`,
  );
}
