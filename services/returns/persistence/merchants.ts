import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { returnPolicy, type ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { Address } from '../../../shared/protocol/schemas.ts';
import type { RtvSchedule } from '../domain/batch-schedule.ts';
import type { ReturnReason } from '../domain/default-reasons.ts';

/** What returns knows of a merchant. */
export interface MerchantRef {
  number: string;
  name: string;
  language: 'de' | 'en';
  address: Address;
  rtvAddress: Address | null;
  /** Own words for reasons; empty: those the product is shipped with. */
  reasons: ReturnReason[];
}

/** Keeps the newest snapshot of each merchant; older ones change nothing, whatever their order. */
export async function knowMerchants(em: EntityManager, snapshots: readonly MerchantSnapshot[]): Promise<void> {
  const newest = new Map<string, MerchantSnapshot>();
  for (const snapshot of snapshots)
    if (snapshot.version > (newest.get(snapshot.merchantId)?.version ?? 0)) newest.set(snapshot.merchantId, snapshot);
  await rows(
    em,
    sql`insert into returns.merchant_ref
          (merchant_id, version, number, name, language, address, rtv_address, rtv_schedule, return_rules, return_policy)
        select "merchantId", version, number, name, language, address, nullif("rtvAddress", 'null'), "rtvSchedule", "returnRules", "returnPolicy"
        from jsonb_to_recordset(${JSON.stringify([...newest.values()])}::jsonb) as given ("merchantId" uuid, version int,
          number text, name text, language text, address jsonb, "rtvAddress" jsonb, "rtvSchedule" text, "returnRules" jsonb, "returnPolicy" jsonb)
        order by "merchantId"
        on conflict (merchant_id) do update set version = excluded.version, number = excluded.number, name = excluded.name,
          language = excluded.language, address = excluded.address, rtv_address = excluded.rtv_address,
          rtv_schedule = excluded.rtv_schedule, return_rules = excluded.return_rules,
          return_policy = excluded.return_policy
        where excluded.version > merchant_ref.version`,
  );
}

export async function findMerchant(em: EntityManager, merchantId: string): Promise<MerchantRef | undefined> {
  return firstRow(
    em,
    sql<MerchantRef>`select number, name, language, address, rtv_address as "rtvAddress",
                       coalesce(return_policy -> 'reasons', '[]') as reasons
                     from returns.merchant_ref where merchant_id = ${merchantId}`,
  );
}

/** When the batches of a merchant close. */
export async function scheduleOf(em: EntityManager, merchantId: string): Promise<RtvSchedule> {
  const found = await firstRow<{ schedule: RtvSchedule }>(
    em,
    sql`select rtv_schedule as schedule from returns.merchant_ref where merchant_id = ${merchantId}`,
  );
  return found?.schedule ?? 'manual';
}

/** How the returns of a merchant are handled; as shipped for one that has not been heard of. */
export async function findPolicy(em: EntityManager, merchantId: string): Promise<ReturnPolicy> {
  const found = await firstRow(
    em,
    sql<{ policy: object }>`select return_policy as policy from returns.merchant_ref where merchant_id = ${merchantId}`,
  );
  return returnPolicy.parse(found?.policy ?? {});
}

/** Which of the merchants have not been heard of. */
export async function unknownMerchants(em: EntityManager, ids: readonly string[]): Promise<string[]> {
  const missing = await rows<{ id: string }>(
    em,
    sql`select id from unnest(${[...new Set(ids)]}::uuid[]) as given (id)
        where not exists (select 1 from returns.merchant_ref m where m.merchant_id = given.id)`,
  );
  return missing.map(({ id }) => id);
}
