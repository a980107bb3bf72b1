import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import type { Return } from '../domain/model.ts';
import { itemColumns, itemAssignments, itemRow } from './rows.ts';

/**
 * Moves items with their photos from one return to another, in one statement: each photo refers to its item within
 * its return, so both change at once. A label shows whose the parcel is, so another return of the same merchant, or of
 * one as unknown, gets its photos too; any other merchant must not see them (K10).
 * @param to  whose items with these ids are written as they are
 */
export async function moveItems(
  em: EntityManager,
  from: string,
  to: Return,
  itemIds: readonly string[],
): Promise<void> {
  const items = to.items.filter(({ id }) => itemIds.includes(id)).map((item) => itemRow(to, item));
  await firstRow(
    em,
    sql`with item as (
          insert into returns.return_item (return_id, merchant_id, ${itemColumns})
          select return_id, merchant_id, ${itemColumns}
          from jsonb_populate_recordset(null::returns.return_item, ${JSON.stringify(items)}::jsonb)
          on conflict (id) do update set return_id = excluded.return_id, ${itemAssignments}
            where return_item.return_id = ${from}),
        photo as (
          update returns.photo set return_id = ${to.id}, merchant_id = ${to.merchantId}
          where return_id = ${from} and item_id = any(${itemIds}::uuid[]) returning 1),
        label as (
          insert into returns.photo (id, return_id, item_id, kind, merchant_id, client_photo_id, sha256, full_key, web_key,
            thumb_key, bytes, width, height, taken_at, uploaded_at, uploaded_by)
          select gen_random_uuid(), ${to.id}, null, kind, ${to.merchantId}, client_photo_id, sha256, full_key, web_key,
            thumb_key, bytes, width, height, taken_at, uploaded_at, uploaded_by
          from returns.photo where return_id = ${from} and kind = 'label'
            and merchant_id is not distinct from ${to.merchantId}::uuid returning 1)
        update returns.return set photo_count = photo_count + case id
          when ${from} then -(select count(*) from photo) else (select count(*) from photo) + (select count(*) from label) end
        where id in (${from}, ${to.id})`,
  );
}
