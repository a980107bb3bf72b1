import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';

/** Keeps what this service knows of merchants; the highest version wins, whatever the order of arrival. */
export async function upsertMerchants(em: EntityManager, snapshots: readonly MerchantSnapshot[]): Promise<void> {
  const newest = new Map<string, MerchantSnapshot>();
  for (const snapshot of snapshots)
    if (snapshot.version > (newest.get(snapshot.merchantId)?.version ?? 0)) newest.set(snapshot.merchantId, snapshot);
  const given = [...newest.values()].map(({ merchantId, version, number, name }) => ({
    merchant_id: merchantId,
    version,
    number,
    name,
  }));
  await rows(
    em,
    sql`insert into merchant_ref as ref (merchant_id, version, number, name)
        select merchant_id, version, number, name
        from jsonb_populate_recordset(null::merchant_ref, ${JSON.stringify(given)}::jsonb) order by merchant_id
        on conflict (merchant_id) do update set version = excluded.version, number = excluded.number, name = excluded.name
        where excluded.version > ref.version`,
  );
}

export async function isKnownMerchant(em: EntityManager, merchantId: string): Promise<boolean> {
  return (await firstRow(em, sql`select 1 from merchant_ref where merchant_id = ${merchantId}`)) !== undefined;
}
