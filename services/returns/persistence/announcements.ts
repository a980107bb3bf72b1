import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Return } from '../domain/model.ts';
import { headColumnsButNumber, headRow, itemColumns, itemRow } from './rows.ts';

/** What a merchant has announced before under these RMA numbers, in whatever way. */
export async function announcedBefore(
  em: EntityManager,
  merchantId: string,
  rmas: readonly string[],
): Promise<Map<string, { contentHash: string; number: string }>> {
  const found = await rows<{ rma: string; contentHash: string; number: string }>(
    em,
    sql`select external_number as rma, content_hash as "contentHash", number from returns.return
        where merchant_id = ${merchantId} and external_number = any(${rmas}::text[]) order by created_at, id`,
  );
  return new Map(found.map((row) => [row.rma, row]));
}

/** Shipped orders of a merchant by their numbers; one that several channels use is in none. */
export async function ordersByNumber(
  em: EntityManager,
  merchantId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ number: string; orderId: string }>(
    em,
    sql`select number, min(order_id::text) as "orderId" from returns.order_ref
        where merchant_id = ${merchantId} and number = any(${[...new Set(numbers)]}::text[])
        group by number having count(*) = 1`,
  );
  return new Map(found.map(({ number, orderId }) => [number, orderId]));
}

/**
 * Inserts announced returns with their items in one statement.
 * @returns their numbers by id; one whose id or RMA number is taken is not among them and nothing of it is written
 */
export async function insertReturns(
  em: EntityManager,
  parcels: readonly Return[],
  year: string,
): Promise<Map<string, string>> {
  const heads = JSON.stringify(parcels.map(headRow));
  const items = JSON.stringify(parcels.flatMap((parcel) => parcel.items.map((item) => itemRow(parcel, item))));
  const inserted = await rows<{ id: string; number: string }>(
    em,
    sql`with head as (
          insert into returns.return (number, ${headColumnsButNumber})
          select ${`RT-${year}-`} || lpad(n, greatest(5, length(n)), '0'), ${headColumnsButNumber}
          from (select given.*, nextval('returns.return_number')::text as n
                from jsonb_populate_recordset(null::returns.return, ${heads}::jsonb) as given offset 0) numbered
          on conflict do nothing returning id, number),
        items as (
          insert into returns.return_item (return_id, merchant_id, ${itemColumns})
          select return_id, merchant_id, ${itemColumns}
          from jsonb_populate_recordset(null::returns.return_item, ${items}::jsonb)
          where return_id in (select id from head))
        select id, number from head`,
  );
  return new Map(inserted.map(({ id, number }) => [id, number]));
}
