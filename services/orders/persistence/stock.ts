import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

export interface RestockedReturn {
  returnId: string;
  merchantId: string;
  number: string;
  revision: number;
  inspectedAt: string;
  inspectedOn: string;
  items: { itemId: string; sku: string | null; name: string; quantity: number; quality: 'a' | 'b' }[];
}

/**
 * Notes the newest revision of each return.
 * @returns ids of the returns that are news; an older or known revision is none
 */
export async function noteRevisions(em: EntityManager, returns: readonly RestockedReturn[]): Promise<Set<string>> {
  const noted = await rows<{ id: string }>(
    em,
    sql`insert into restocked_return as known (return_id, merchant_id, revision)
        select "returnId", "merchantId", revision
        from jsonb_to_recordset(${JSON.stringify(returns)}::jsonb) as given ("returnId" uuid, "merchantId" uuid, revision int)
        order by "returnId"
        on conflict (return_id) do update set revision = excluded.revision where excluded.revision > known.revision
        returning return_id as id`,
  );
  return new Set(noted.map(({ id }) => id));
}

/**
 * The newest revision known of each return, which stays until the transaction ends. Of a return whose inspection has
 * not arrived it is the one before what is named here, so that the inspection is still news.
 */
export async function lockRevisions(
  em: EntityManager,
  returns: readonly Pick<RestockedReturn, 'returnId' | 'merchantId' | 'revision'>[],
): Promise<Map<string, number>> {
  const locked = await rows<{ id: string; revision: number }>(
    em,
    sql`insert into restocked_return as known (return_id, merchant_id, revision)
        select distinct on ("returnId") "returnId", "merchantId", revision - 1
        from jsonb_to_recordset(${JSON.stringify(returns)}::jsonb) as given ("returnId" uuid, "merchantId" uuid, revision int)
        order by "returnId", revision
        on conflict (return_id) do update set revision = known.revision
        returning return_id as id, revision`,
  );
  return new Map(locked.map(({ id, revision }) => [id, revision]));
}

/** Takes back what earlier revisions of these returns put into the stock, with the day of the new inspection. */
export async function reverseEarlier(em: EntityManager, returns: readonly RestockedReturn[], now: Date): Promise<void> {
  await rows(
    em,
    sql`insert into stock_movement (id, merchant_id, sku, name, quantity, quality, kind, source, source_id, source_number,
          source_item_id, revision, service_date, occurred_at, recorded_at)
        select gen_random_uuid(), m.merchant_id, m.sku, m.name, -m.quantity, m.quality, 'restock_reversed', 'return', m.source_id,
          m.source_number, m.source_item_id, m.revision, given."inspectedOn", given."inspectedAt", ${now.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(returns)}::jsonb)
          as given ("returnId" uuid, revision int, "inspectedAt" timestamptz, "inspectedOn" date)
        join stock_movement m on m.source = 'return' and m.source_id = given."returnId" and m.kind = 'restocked'
          and m.revision < given.revision
        on conflict on constraint stock_movement_source do nothing`,
  );
}

export async function insertRestocked(
  em: EntityManager,
  returns: readonly RestockedReturn[],
  now: Date,
): Promise<void> {
  const items = returns.flatMap(({ items, ...parcel }) => items.map((item) => ({ ...item, ...parcel })));
  if (!items.length) return;
  await rows(
    em,
    sql`insert into stock_movement (id, merchant_id, sku, name, quantity, quality, kind, source, source_id, source_number,
          source_item_id, revision, service_date, occurred_at, recorded_at)
        select gen_random_uuid(), "merchantId", sku, name, quantity, quality, 'restocked', 'return', "returnId", number, "itemId",
          revision, "inspectedOn", "inspectedAt", ${now.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given ("merchantId" uuid, sku text, name text, quantity int,
          quality text, "returnId" uuid, number text, "itemId" uuid, revision int, "inspectedOn" date, "inspectedAt" timestamptz)
        on conflict on constraint stock_movement_source do nothing`,
  );
}
