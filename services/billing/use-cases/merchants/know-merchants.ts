import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import { merchantsActions } from '../../../../shared/protocol/merchants/actions.ts';
import type {
  ContractTerms,
  merchantChangedV1,
  MerchantSnapshot,
} from '../../../../shared/protocol/merchants/events.ts';
import { hasType } from '../../../../shared/kernel/errors.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { saveMerchants, type MerchantChange } from '../../persistence/facts-of-others.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { correctSoftwareFees } from '../charges/accrue-software-fees.ts';
import { rerate } from '../charges/rerate-charges.ts';
import { correctStorage } from '../storage/correct-storage.ts';

/** Earlier than any day there is: all charges of a merchant. */
const EVER: LocalDate = '2000-01-01';

/** Keeps the copy of merchants and contracts, and measures and prices anew what depended on them. */
export async function knowMerchants(
  deps: BillingDeps,
  { em, audit }: ConsumerTx,
  events: EnvelopeOf<typeof merchantChangedV1>[],
): Promise<void> {
  await takeIn(
    deps,
    em,
    audit,
    events.map(({ payload }) => payload),
  );
}

/**
 * Asks for the snapshot of a merchant whose copy has not arrived, or is too old for what a request needs.
 * Never from inside a transaction.
 * @returns whether there is such a merchant
 */
export async function fetchMerchant(deps: BillingDeps, id: string, actor: Actor): Promise<boolean> {
  const service = serviceActor('billing', actor.requestId);
  try {
    const snapshot = await deps.call(merchantsActions.getMerchantSnapshot, { id }, service);
    await transact(deps, service, (em, _announce, audit) => takeIn(deps, em, audit, [snapshot]));
    return true;
  } catch (error) {
    if (hasType(error, 'MERCHANT_NOT_FOUND')) return false;
    throw error;
  }
}

async function takeIn(
  deps: BillingDeps,
  em: EntityManager,
  audit: Audit,
  snapshots: MerchantSnapshot[],
): Promise<void> {
  await lockBookForChange(em);
  const changes = await saveMerchants(em, snapshots);
  await correctSoftwareFees(
    em,
    deps,
    whose(changes, ({ startsOn, endsOn, softwareFee }) => [startsOn, endsOn, softwareFee]),
  );
  await correctStorage(
    em,
    deps,
    whose(changes, ({ startsOn, endsOn, storageMethod, storageMeasure = null, storageAgeBands = [] }) => [
      ...[startsOn, endsOn, storageMethod, storageMeasure, storageAgeBands],
    ]),
  );
  for (const { merchantId, from } of changes.flatMap((change) => repricedFrom(change) ?? []))
    await rerate(deps, em, audit, { merchantIds: [merchantId], from, cause: 'merchant changed' });
}

/** Known merchants whose contracts differ in what is named here. */
function whose(changes: readonly MerchantChange[], terms: (contract: ContractTerms) => unknown[]): string[] {
  const text = (contracts: readonly ContractTerms[]) => JSON.stringify(contracts.map(terms).toSorted());
  return changes
    .filter(({ before, after }) => before !== null && text(before) !== text(after))
    .map(({ merchantId }) => merchantId);
}

/** The first day whose card differs; a merchant that was unknown had no prices at all. */
function repricedFrom({
  merchantId,
  before,
  after,
}: MerchantChange): { merchantId: string; from: LocalDate } | undefined {
  if (!before) return { merchantId, from: EVER };
  const key = ({ startsOn, rateCardCode }: ContractTerms) => `${startsOn} ${rateCardCode ?? ''}`;
  const [old, current] = [new Set(before.map(key)), new Set(after.map(key))];
  const differing = [...old.symmetricDifference(current)].toSorted();
  return differing[0] === undefined ? undefined : { merchantId, from: differing[0].slice(0, 10) };
}
