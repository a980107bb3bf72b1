import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { baseColumns } from '../../../shared/persistence/columns.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { readCursor } from '../../../shared/persistence/page.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchClosedBy, BatchState } from '../domain/batch-states.ts';
import type { Moment } from '../domain/model.ts';
import { nextNumber } from './returns.ts';

export const RtvBatch = defineEntity({
  name: 'RtvBatch',
  tableName: 'rtv_batch',
  properties: {
    ...baseColumns,
    number: p.text(),
    labelNumber: p.bigint(),
    warehouse: p.text(),
    state: p.text().$type<BatchState>(),
    scheduleFrom: p.datetime(),
    closedAt: p.datetime().nullable(),
    closedOn: p.date().nullable(),
    closedBy: p.text().$type<BatchClosedBy>().nullable(),
    packedAt: p.datetime().nullable(),
    dispatchedAt: p.datetime().nullable(),
    dispatchedOn: p.date().nullable(),
    deliveredAt: p.datetime().nullable(),
    confirmedAt: p.datetime().nullable(),
    disputedAt: p.datetime().nullable(),
    resolvedAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    carrier: p.text().nullable(),
    trackingNumber: p.text().nullable(),
    parcels: p.integer().nullable(),
    weightGrams: p.integer().nullable(),
    carrierLabelKey: p.text().nullable(),
  },
});
export type Batch = InferEntity<typeof RtvBatch>;

/** One warehouse so far; the table tells them apart already. */
const WAREHOUSE = 'main';

/**
 * The merchant's open batch, made when there is none, and kept open until the transaction ends. Workers share it;
 * closing waits for them, and whoever comes after the closing gets the next batch. Where the merchant's policy has
 * limits they come one after the other, because the one whose goods reach a limit closes the batch
 * (batch-closing.ts).
 */
export async function joinOpenBatch(
  em: EntityManager,
  { merchantId, limited }: { merchantId: string; limited: boolean },
  { at, on }: Moment,
): Promise<string> {
  const isOpen = sql`merchant_id = ${merchantId} and warehouse = ${WAREHOUSE} and state = 'open'`;
  const open = await firstRow<{ id: string }>(
    em,
    limited
      ? sql`update returns.rtv_batch set joined_on = ${on} where ${isOpen} returning id`
      : sql`select id from returns.rtv_batch where ${isOpen} for share`,
  );
  if (open) return open.id;
  const instant = sql`${at.toISOString()}::timestamptz`;
  const opened = await firstRow<{ id: string }>(
    em,
    sql`insert into returns.rtv_batch (id, merchant_id, number, warehouse, state, joined_on, schedule_from, created_at, updated_at)
        values (${uuidv7(at)}, ${merchantId}, ${nextNumber('RTV', on.slice(0, 4), 'returns.rtv_batch_number')}, ${WAREHOUSE}, 'open',
          ${on}, ${instant}, ${instant}, ${instant})
        on conflict (merchant_id, warehouse) where state = 'open' do update set updated_at = excluded.updated_at, joined_on = excluded.joined_on
        returning id`,
  );
  return opened!.id;
}

/** Of a row `m` of merchants: whether its policy closes batches by what is in them (C5). */
export const hasLimits = sql`coalesce(m.return_policy #>> '{batch,maxPieces}', m.return_policy #>> '{batch,maxWeightGrams}',
  m.return_policy #>> '{batch,maxVolumeCm3}') is not null`;

/** @throws NotFound when there is none in scope */
export async function findBatch(em: EntityManager, id: string, lock = false): Promise<Batch> {
  const batch = await em.findOne(RtvBatch, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!batch) throw new NotFound('rtv batch');
  return batch;
}

/** One more than asked, in the order of the list. */
export async function findBatches(
  em: EntityManager,
  filter: InputOf<typeof returnsActions.listBatches>,
): Promise<Batch[]> {
  const after = readCursor(filter.cursor, ['instant', 'id']);
  const descending = filter.sort === '-createdAt';
  return em.find(
    RtvBatch,
    {
      ...(filter.merchantId ? { merchantId: filter.merchantId } : {}),
      ...(filter.state ? { state: filter.state } : {}),
      ...(after
        ? {
            $or: [
              { createdAt: { [descending ? '$lt' : '$gt']: new Date(after[0]!) } },
              { createdAt: new Date(after[0]!), id: { [descending ? '$lt' : '$gt']: after[1]! } },
            ],
          }
        : {}),
    },
    { orderBy: { createdAt: descending ? 'desc' : 'asc', id: descending ? 'desc' : 'asc' }, limit: filter.limit + 1 },
  );
}
