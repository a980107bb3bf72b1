import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';

/** Keeps the numbers of merchants; the highest version wins, whatever the order of arrival. */
export async function upsertMerchants(em: EntityManager, snapshots: readonly MerchantSnapshot[]): Promise<void> {
  const newest = new Map<string, MerchantSnapshot>();
  for (const snapshot of snapshots)
    if (snapshot.version > (newest.get(snapshot.merchantId)?.version ?? 0)) newest.set(snapshot.merchantId, snapshot);
  const given = [...newest.values()].map(({ merchantId, version, number }) => ({
    merchant_id: merchantId,
    version,
    number,
  }));
  await rows(
    em,
    sql`insert into merchant_ref as ref (merchant_id, version, number)
        select merchant_id, version, number
        from jsonb_populate_recordset(null::merchant_ref, ${JSON.stringify(given)}::jsonb) order by merchant_id
        on conflict (merchant_id) do update set version = excluded.version, number = excluded.number
        where excluded.version > ref.version`,
  );
}

/** Ids of all merchants by number. */
export async function merchantsByNumber(em: EntityManager): Promise<Map<string, string>> {
  const found = await rows<{ number: string; merchantId: string }>(
    em,
    sql`select number, merchant_id as "merchantId" from merchant_ref`,
  );
  return new Map(found.map(({ number, merchantId }) => [number, merchantId]));
}

export async function isKnownMerchant(em: EntityManager, merchantId: string): Promise<boolean> {
  return (await firstRow(em, sql`select 1 from merchant_ref where merchant_id = ${merchantId}`)) !== undefined;
}

/** Whether news of merchants are on their way here. */
export async function merchantNewsPending(em: EntityManager): Promise<boolean> {
  const pending = await firstRow(
    em,
    sql`select 1 from messaging.delivery where consumer = 'sync.know-merchants' and done_at is null and parked_at is null limit 1`,
  );
  return pending !== undefined;
}
