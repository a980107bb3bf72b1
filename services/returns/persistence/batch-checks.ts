import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Moment } from '../domain/model.ts';
import type { Batch } from './batches.ts';

/** Notes that an item was found while the contents of its batch are checked, or takes that back. */
export async function setChecked(
  em: EntityManager,
  batch: Pick<Batch, 'id' | 'merchantId'>,
  itemId: string,
  checked: boolean,
  { at, by }: Moment,
): Promise<void> {
  await rows(
    em,
    checked
      ? sql`insert into returns.rtv_check (item_id, batch_id, merchant_id, checked_at, checked_by)
            values (${itemId}, ${batch.id}, ${batch.merchantId}, ${at.toISOString()}::timestamptz, ${by}) on conflict do nothing`
      : sql`delete from returns.rtv_check where item_id = ${itemId} and batch_id = ${batch.id}`,
  );
}
