import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { baseColumns } from '../../../shared/persistence/columns.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { readCursor } from '../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchItem } from '../../../shared/protocol/returns/views.ts';
import type { BatchState } from '../domain/batch-states.ts';
import type { Moment } from '../domain/model.ts';
import { nextNumber } from './returns.ts';

export const RtvBatch = defineEntity({
  name: 'RtvBatch',
  tableName: 'rtv_batch',
  properties: {
    ...baseColumns,
    number: p.text(),
    warehouse: p.text(),
    state: p.text().$type<BatchState>(),
    closedAt: p.datetime().nullable(),
    closedOn: p.date().nullable(),
    dispatchedAt: p.datetime().nullable(),
    dispatchedOn: p.date().nullable(),
    deliveredAt: p.datetime().nullable(),
    confirmedAt: p.datetime().nullable(),
    carrier: p.text().nullable(),
    trackingNumber: p.text().nullable(),
    parcels: p.integer().nullable(),
    weightGrams: p.integer().nullable(),
  },
});
export type Batch = InferEntity<typeof RtvBatch>;

/** One warehouse so far; the table tells them apart already. */
const WAREHOUSE = 'main';

/**
 * The merchant's open batch, made when there is none, and kept open until the transaction ends. Workers share it;
 * closing waits for them, and whoever comes after the closing gets the next batch.
 */
export async function joinOpenBatch(em: EntityManager, merchantId: string, { at, on }: Moment): Promise<string> {
  const open = await firstRow<{ id: string }>(
    em,
    sql`select id from returns.rtv_batch
        where merchant_id = ${merchantId} and warehouse = ${WAREHOUSE} and state = 'open' for share`,
  );
  if (open) return open.id;
  const opened = await firstRow<{ id: string }>(
    em,
    sql`insert into returns.rtv_batch (id, merchant_id, number, warehouse, state, created_at, updated_at)
        values (${uuidv7(at)}, ${merchantId}, ${nextNumber('RTV', on.slice(0, 4), 'returns.rtv_batch_number')}, ${WAREHOUSE}, 'open',
          ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz)
        on conflict (merchant_id, warehouse) where state = 'open' do update set updated_at = excluded.updated_at
        returning id`,
  );
  return opened!.id;
}

/** @throws NotFound when there is none in scope */
export async function findBatch(em: EntityManager, id: string, lock = false): Promise<Batch> {
  const batch = await em.findOne(RtvBatch, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!batch) throw new NotFound('rtv batch');
  return batch;
}

/** What lies in a batch, in the order in which it came in. */
export async function itemsOfBatch(em: EntityManager, batchId: string): Promise<BatchItem[]> {
  return rows(
    em,
    sql<BatchItem>`select i.id as "itemId", i.return_id as "returnId", r.number as "returnNumber", r.order_number as "orderNumber",
        i.sku, i.name, i.quantity, i.state, i.grade, i.reason, i.note
      from returns.return_item i join returns.return r on r.id = i.return_id
      where i.rtv_batch_id = ${batchId} order by r.inspected_at, r.number, i.position, i.id`,
  );
}

/** One more than asked, in the order of the list, each with its pieces. */
export async function findBatches(
  em: EntityManager,
  filter: InputOf<typeof returnsActions.listBatches>,
): Promise<{ batch: Batch; pieces: number }[]> {
  const after = readCursor(filter.cursor, ['instant', 'id']);
  const descending = filter.sort === '-createdAt';
  const batches = await em.find(
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
  const pieces = await rows<{ id: string; pieces: string }>(
    em,
    sql`select rtv_batch_id as id, sum(quantity) as pieces from returns.return_item
        where rtv_batch_id = any(${batches.map(({ id }) => id)}::uuid[]) group by rtv_batch_id`,
  );
  const byId = new Map(pieces.map((row) => [row.id, Number(row.pieces)]));
  return batches.map((batch) => ({ batch, pieces: byId.get(batch.id) ?? 0 }));
}
