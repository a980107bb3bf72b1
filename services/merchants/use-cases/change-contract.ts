import { transact } from '../../../shared/messaging/transact.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ContractView, merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { assertPeriod, assertStorage } from '../domain/contract-rules.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { contractView, findContract, termsOf, type ContractRow } from '../persistence/contract.ts';
import { lockMerchant } from '../persistence/merchant.ts';
import { announceMerchant } from '../persistence/snapshot.ts';
import { changedFields } from './acting.ts';
import { assertNoOverlap } from './create-contract.ts';

type ContractChange = InputOf<typeof merchantsActions.changeContract>;

/**
 * Changes terms or the last day. The first day stays: a contract that began otherwise is another contract.
 * @throws InvalidInput when it would end before it starts, RuleViolation when it would overlap the next one
 */
export async function changeContract(deps: MerchantsDeps, input: ContractChange, actor: Actor): Promise<ContractView> {
  assertHouse(actor);
  const { id, reason, ...change } = input;
  return transact(deps, actor, async (em, announce, audit) => {
    const { merchantId } = await findContract(em, id);
    // always the merchant first, as when a contract is made: one order of locks, no deadlock
    await lockMerchant(em, merchantId);
    const contract = await findContract(em, id, true);
    assertVersion(actor, contract.version);
    const changed = changedFields(contract, change);
    if (!changed) return contractView(contract);
    apply(contract, change);
    const { startsOn, endsOn, ...terms } = termsOf(contract);
    assertPeriod({ startsOn, endsOn });
    assertStorage(terms);
    await assertNoOverlap(em, merchantId, { startsOn, endsOn }, id);
    contract.updatedAt = deps.now();
    await announceMerchant(em, announce, merchantId);
    audit({
      action: 'contract.changed',
      entity: 'contract',
      entityId: id,
      merchantId,
      ...changed,
      ...(reason === undefined ? {} : { reason }),
    });
    return contractView(contract);
  });
}

/** Field by field. `null` empties, absent keeps. */
function apply(contract: ContractRow, change: Omit<ContractChange, 'id' | 'reason'>): void {
  const { endsOn, storageMethod, storageMeasure, rateCardCode } = change;
  contract.fulfilmentCadence = change.fulfilmentCadence ?? contract.fulfilmentCadence;
  contract.monthEndDocuments = change.monthEndDocuments ?? contract.monthEndDocuments;
  contract.softwareFee = change.softwareFee ?? contract.softwareFee;
  if (endsOn !== undefined) contract.endsOn = endsOn;
  contract.storageAgeBands = change.storageAgeBands ?? contract.storageAgeBands;
  contract.storageSource = change.storageSource ?? contract.storageSource;
  contract.storageIsLandRelated = change.storageIsLandRelated ?? contract.storageIsLandRelated;
  if (storageMeasure !== undefined) contract.storageMeasure = storageMeasure;
  if (storageMethod !== undefined) contract.storageMethod = storageMethod;
  if (rateCardCode !== undefined) contract.rateCardCode = rateCardCode;
}
