import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { ContractTerms, MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import type { returnProgressedV1 } from '../../../shared/protocol/returns/events.ts';
import type { z } from 'zod';

/** A merchant whose copy was replaced, with its contracts before and after; `null` when it was unknown. */
export interface MerchantChange {
  merchantId: string;
  before: ContractTerms[] | null;
  after: ContractTerms[];
}

/** Keeps the highest version of each merchant with its contracts. Returns those that were replaced. */
export async function saveMerchants(
  em: EntityManager,
  snapshots: readonly MerchantSnapshot[],
): Promise<MerchantChange[]> {
  const latest = new Map<string, MerchantSnapshot>();
  for (const snapshot of snapshots)
    if ((latest.get(snapshot.merchantId)?.version ?? 0) < snapshot.version) latest.set(snapshot.merchantId, snapshot);
  const values = [...latest.values()].toSorted((a, b) => a.merchantId.localeCompare(b.merchantId));
  const before = await contractsOf(
    em,
    values.map(({ merchantId }) => merchantId),
  );
  const saved = await rows<{ merchantId: string }>(
    em,
    sql`insert into merchant_ref (merchant_id, version, number, name, snapshot)
        select (s ->> 'merchantId')::uuid, (s ->> 'version')::integer, s ->> 'number', s ->> 'name', s
        from jsonb_array_elements(${JSON.stringify(values)}::jsonb) as s
        on conflict (merchant_id) do update set version = excluded.version, number = excluded.number, name = excluded.name, snapshot = excluded.snapshot
        where excluded.version > merchant_ref.version
        returning merchant_id as "merchantId"`,
  );
  const replaced = saved.map(({ merchantId }) => latest.get(merchantId)!);
  await saveContracts(em, replaced);
  return replaced.map(({ merchantId, contracts }) => ({
    merchantId,
    before: before.get(merchantId) ?? null,
    after: contracts,
  }));
}

async function contractsOf(em: EntityManager, merchantIds: readonly string[]): Promise<Map<string, ContractTerms[]>> {
  const found = await rows<{ merchantId: string; contracts: ContractTerms[] }>(
    em,
    sql`select merchant_id as "merchantId", snapshot -> 'contracts' as contracts from merchant_ref where merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
  return new Map(found.map(({ merchantId, contracts }) => [merchantId, contracts]));
}

async function saveContracts(em: EntityManager, snapshots: readonly MerchantSnapshot[]): Promise<void> {
  const contracts = snapshots.flatMap(({ merchantId, contracts: terms }) =>
    terms.map((term) => ({ ...term, merchantId })),
  );
  await rows(
    em,
    sql`delete from contract_ref where merchant_id = any(${snapshots.map(({ merchantId }) => merchantId)}::uuid[])
          and id <> all(${contracts.map(({ contractId }) => contractId)}::uuid[])`,
  );
  await rows(
    em,
    sql`insert into contract_ref (id, merchant_id, starts_on, ends_on, fulfilment_cadence, month_end_documents, storage_method, storage_measure, storage_age_bands, storage_source,
          storage_is_land_related, software_fee, rate_card_code)
        select "contractId", "merchantId", "startsOn", "endsOn", "fulfilmentCadence", "monthEndDocuments", "storageMethod", "storageMeasure",
          coalesce("storageAgeBands", '[]'), coalesce("storageSource", 'external'), coalesce("storageIsLandRelated", false), "softwareFee", "rateCardCode"
        from jsonb_to_recordset(${JSON.stringify(contracts)}::jsonb) as n ("contractId" uuid, "merchantId" uuid, "startsOn" date, "endsOn" date,
          "fulfilmentCadence" text, "monthEndDocuments" text, "storageMethod" text, "storageMeasure" text, "storageAgeBands" jsonb,
          "storageSource" text, "storageIsLandRelated" boolean, "softwareFee" boolean, "rateCardCode" text)
        on conflict (id) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on, fulfilment_cadence = excluded.fulfilment_cadence,
          month_end_documents = excluded.month_end_documents, storage_method = excluded.storage_method,
          storage_measure = excluded.storage_measure, storage_age_bands = excluded.storage_age_bands, storage_source = excluded.storage_source,
          storage_is_land_related = excluded.storage_is_land_related, software_fee = excluded.software_fee,
          rate_card_code = excluded.rate_card_code`,
  );
}

/** Keeps the highest version of each return. */
export async function saveReturns(
  em: EntityManager,
  returns: readonly z.output<typeof returnProgressedV1.payload>[],
): Promise<void> {
  await rows(
    em,
    sql`insert into return_ref (id, merchant_id, version, number, state, received_on, inspected_on)
        select distinct on ("returnId") "returnId", "merchantId", version, number, state, "receivedOn", "inspectedOn"
        from jsonb_to_recordset(${JSON.stringify(returns)}::jsonb) as n ("returnId" uuid, "merchantId" uuid, version integer, number text,
          state text, "receivedOn" date, "inspectedOn" date)
        order by "returnId", version desc
        on conflict (id) do update set merchant_id = excluded.merchant_id, version = excluded.version, number = excluded.number,
          state = excluded.state, received_on = excluded.received_on, inspected_on = excluded.inspected_on
        where excluded.version > return_ref.version`,
  );
}
