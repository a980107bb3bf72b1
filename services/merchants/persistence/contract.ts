import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { baseColumns } from '../../../shared/persistence/columns.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ContractView } from '../../../shared/protocol/merchants/actions.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import type { Period } from '../domain/contract-rules.ts';

export const Contract = defineEntity({
  name: 'Contract',
  properties: {
    ...baseColumns,
    createdContent: p.string(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
    fulfilmentCadence: p.string().$type<ContractTerms['fulfilmentCadence']>(),
    monthEndDocuments: p.string().$type<ContractTerms['monthEndDocuments']>(),
    storageMethod: p.string().$type<NonNullable<ContractTerms['storageMethod']>>().nullable(),
    storageMeasure: p.string().$type<NonNullable<ContractTerms['storageMeasure']>>().nullable(),
    storageAgeBands: p.json().$type<number[]>(),
    storageSource: p.string().$type<ContractTerms['storageSource']>(),
    storageIsLandRelated: p.boolean(),
    softwareFee: p.boolean(),
    rateCardCode: p.string().nullable(),
  },
});
export type ContractRow = InferEntity<typeof Contract>;

/** @throws NotFound, also for a contract out of the actor's scope */
export async function findContract(em: EntityManager, id: string, lock = false): Promise<ContractRow> {
  const contract = await em.findOne(Contract, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!contract) throw new NotFound('contract');
  return contract;
}

/** Another contract of the merchant that shares a day with the period. */
export async function findOverlap(
  em: EntityManager,
  merchantId: string,
  { startsOn, endsOn }: Period,
  exceptId: string,
): Promise<Period | undefined> {
  return firstRow(
    em,
    sql<Period>`select starts_on as "startsOn", ends_on as "endsOn" from merchants.contract
        where merchant_id = ${merchantId} and id <> ${exceptId}
          and daterange(starts_on, ends_on, '[]') && daterange(${startsOn}::date, ${endsOn}::date, '[]') limit 1`,
  );
}

export interface ContractFilter {
  merchantId?: string | undefined;
  on?: string | undefined;
}

/** Contracts by merchant and start, from after `[merchant, start, id]`. */
export async function findContracts(
  em: EntityManager,
  { merchantId, on }: ContractFilter,
  after: string[] | undefined,
  limit: number,
): Promise<ContractRow[]> {
  const [merchant = null, start = null, id = null] = after ?? [];
  const found = await rows<{ id: string }>(
    em,
    sql`select id from merchants.contract
        where (${merchantId ?? null}::uuid is null or merchant_id = ${merchantId ?? null}::uuid)
          and (${on ?? null}::date is null or daterange(starts_on, ends_on, '[]') @> ${on ?? null}::date)
          and (${merchant}::uuid is null or (merchant_id, starts_on, id) > (${merchant}::uuid, ${start}::date, ${id}::uuid))
        order by merchant_id, starts_on, id limit ${limit}`,
  );
  const contracts = await em.find(Contract, { id: { $in: found.map((row) => row.id) } });
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return found.map((row) => byId.get(row.id)!);
}

export const contractView = (contract: ContractRow): ContractView => ({
  id: contract.id,
  version: contract.version,
  merchantId: contract.merchantId,
  ...termsOf(contract),
  createdAt: contract.createdAt.toISOString(),
  updatedAt: contract.updatedAt.toISOString(),
});

/** What was agreed, without the record's own columns. */
export const termsOf = (contract: ContractRow) => ({
  startsOn: contract.startsOn,
  endsOn: contract.endsOn ?? null,
  fulfilmentCadence: contract.fulfilmentCadence,
  monthEndDocuments: contract.monthEndDocuments,
  storageMethod: contract.storageMethod ?? null,
  storageMeasure: contract.storageMeasure ?? null,
  storageAgeBands: contract.storageAgeBands,
  storageSource: contract.storageSource,
  storageIsLandRelated: contract.storageIsLandRelated,
  softwareFee: contract.softwareFee,
  rateCardCode: contract.rateCardCode ?? null,
});
