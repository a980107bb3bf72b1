import { InvalidInput, type FieldError } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { SnapshotInput } from '../../../../shared/protocol/billing/pricing-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { covers, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { lockBookForRating } from '../../persistence/rate-book.ts';
import { findMerchantNumbers, type NewSnapshot } from '../../persistence/storage.ts';
import { findStorageTerms } from '../../persistence/storage-days.ts';
import { fetchMerchant } from '../merchants/know-merchants.ts';

type PathOf = (index: number) => string;
type Day = Pick<NewSnapshot, 'merchantId' | 'day'>;
/** What is agreed on storage for a day, if there is a contract. */
export type TermsOf = (day: Day) => StorageTerms | undefined;

/**
 * The id of each snapshot's merchant.
 * @throws InvalidInput for numbers nobody has
 */
export async function namedMerchants(
  deps: BillingDeps,
  snapshots: readonly SnapshotInput[],
  actor: Actor,
  pathOf: PathOf,
): Promise<string[]> {
  const numbers = [...new Set(snapshots.flatMap(({ merchantNumber }) => merchantNumber ?? []))];
  const known = await read(deps, serviceActor('billing', actor.requestId), (em) => findMerchantNumbers(em, numbers));
  const errors: FieldError[] = [];
  const ids = snapshots.map(({ merchantId, merchantNumber }, index) => {
    const id = merchantId ?? known.get(merchantNumber!);
    if (id === undefined)
      errors.push({
        path: `${pathOf(index)}.merchantNumber`,
        code: 'MERCHANT_UNKNOWN',
        message: `There is no merchant ${merchantNumber}`,
      });
    return id ?? '';
  });
  if (errors.length) throw new InvalidInput(errors.slice(0, 100));
  return ids;
}

/**
 * Makes sure that each day has a contract. A merchant or contract whose copy has not arrived yet is asked for first.
 * @throws InvalidInput for days without contract: goods nobody pays for must not go unseen
 */
export async function assertContracts(
  deps: BillingDeps,
  days: readonly Day[],
  actor: Actor,
  pathOf: PathOf,
): Promise<void> {
  const known = () => read(deps, serviceActor('billing', actor.requestId), (em) => contractsOf(em, days));
  let contracts = await known();
  const missing = new Set(days.filter((day) => !contractOn(contracts, day)).map(({ merchantId }) => merchantId));
  for (const id of missing) await fetchMerchant(deps, id, actor);
  if (missing.size) contracts = await known();
  const errors = days.flatMap((day, index) =>
    contractOn(contracts, day)
      ? []
      : {
          path: `${pathOf(index)}.day`,
          code: 'CONTRACT_MISSING',
          message: `No contract of this merchant covers ${day.day}`,
        },
  );
  if (errors.length) throw new InvalidInput(errors.slice(0, 100));
}

/** What is agreed on storage for these days, which stays agreed until the transaction ends. */
export async function termsOfDays(em: EntityManager, days: readonly Day[]): Promise<TermsOf> {
  await lockBookForRating(em);
  const contracts = await contractsOf(em, days);
  return (day) => contractOn(contracts, day);
}

type ByMerchant = Map<string, StorageTerms[]>;

const contractsOf = (em: EntityManager, days: readonly Day[]): Promise<ByMerchant> =>
  findStorageTerms(em, [...new Set(days.map(({ merchantId }) => merchantId))]);

const contractOn = (contracts: ByMerchant, { merchantId, day }: Day): StorageTerms | undefined =>
  contracts.get(merchantId)?.find((contract) => covers(contract, day));
