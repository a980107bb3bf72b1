import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { labelCode, readLabelCode } from '../domain/label-code.ts';
import type { Item } from '../domain/model.ts';

/** What the label of an item shows. */
export interface LabelledItem extends Pick<Item, 'sku' | 'name' | 'quantity' | 'state' | 'disposition' | 'grade'> {
  labelNumber: bigint;
  returnNumber: string;
  orderNumber: string | null;
  merchantNumber: string | null;
}

/** Items by their ids, as far as they are in scope, in the order of their returns. */
export async function labelledItems(em: EntityManager, ids: readonly string[]): Promise<LabelledItem[]> {
  const found = await rows(
    em,
    sql<Omit<LabelledItem, 'labelNumber'> & { labelNumber: string }>`
      select i.label_number as "labelNumber", i.sku, i.name, i.quantity, i.state, i.disposition, i.grade,
        r.number as "returnNumber", r.order_number as "orderNumber", m.number as "merchantNumber"
      from returns.return_item i join returns.return r on r.id = i.return_id
        left join returns.merchant_ref m on m.merchant_id = i.merchant_id
      where i.id = any(${ids}::uuid[]) order by r.number, i.position, i.split_from is not null, i.id`,
  );
  return found.map((row) => ({ ...row, labelNumber: BigInt(row.labelNumber) }));
}

/** Merchants are not told what goods are that belong to somebody else. */
const seen = sql`(i.origin <> 'foreign' or current_setting('kontor.scope', true) = 'staff')`;

type Lookup = OutputOf<typeof returnsActions.lookupReturns>;

/** The item whose label has this code, if it is the code of one in scope. */
export async function lookUpItems(em: EntityManager, code: string): Promise<Lookup['items']> {
  const read = readLabelCode(code);
  if (read?.kind !== 'item') return [];
  const found = await rows(
    em,
    sql<Omit<Lookup['items'][number], 'labelCode'>>`
      select i.id as "itemId", i.return_id as "returnId", r.number as "returnNumber",
        case when ${seen} then i.sku end as sku, case when ${seen} then i.name else '' end as name, i.quantity, i.state,
        i.rtv_batch_id as "rtvBatchId"
      from returns.return_item i join returns.return r on r.id = i.return_id
      where i.label_number = ${read.number.toString()}::bigint`,
  );
  return found.map((row) => ({ ...row, labelCode: labelCode('item', read.number) }));
}

/** Batches that a code belongs to: of the label of the box, the batch's own number, or its tracking number. */
export async function lookUpBatches(em: EntityManager, code: string): Promise<Lookup['batches']> {
  const read = readLabelCode(code);
  const label = read?.kind === 'batch' ? read.number.toString() : null;
  const texts = [...new Set([code, code.trim(), code.trim().toUpperCase()])];
  const found = await rows(
    em,
    sql<Omit<Lookup['batches'][number], 'labelCode' | 'pieces'> & { labelNumber: string; pieces: string }>`
      with hit as (
        select id from returns.rtv_batch where label_number = ${label}::bigint
        union select id from returns.rtv_batch where number = any(${texts}::text[])
        union select id from returns.rtv_batch where tracking_number = any(${texts}::text[]))
      select b.id, b.merchant_id as "merchantId", b.number, b.state, b.label_number as "labelNumber",
        (select coalesce(sum(i.quantity), 0) from returns.return_item i where i.rtv_batch_id = b.id) as pieces
      from returns.rtv_batch b where b.id in (select id from hit) order by b.created_at desc, b.id limit 20`,
  );
  return found.map(({ labelNumber, pieces, ...row }) => ({
    ...row,
    pieces: Number(pieces),
    labelCode: labelCode('batch', BigInt(labelNumber)),
  }));
}
