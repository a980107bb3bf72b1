import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ContractView, merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { contentHash } from '../content-hash.ts';
import { assertPeriod, assertStorage, type Period } from '../domain/contract-rules.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { Contract, contractView, findOverlap } from '../persistence/contract.ts';
import { lockMerchant } from '../persistence/merchant.ts';
import { announceMerchant } from '../persistence/snapshot.ts';
import { lockId } from './acting.ts';

type NewContract = InputOf<typeof merchantsActions.createContract>;

/** @throws InvalidInput for an unknown merchant or period; RuleViolation for an overlap, an ended merchant, a taken id */
export async function createContract(deps: MerchantsDeps, input: NewContract, actor: Actor): Promise<ContractView> {
  assertHouse(actor);
  assertPeriod(input);
  assertStorage(input);
  const { id = uuidv7(deps.now()), ...content } = input;
  return transact(deps, actor, async (em, announce, audit) => {
    await lockId(em, id);
    const existing = await em.findOne(Contract, { id });
    if (existing) {
      if (existing.createdContent === contentHash(asAgreed(content))) return asRepeated(contractView(existing));
      throw new RuleViolation('ID_TAKEN', 'A contract with this id and other content exists');
    }
    const merchant = await lockMerchant(em, input.merchantId);
    if (!merchant) throw invalidField('merchantId', 'MERCHANT_UNKNOWN', 'There is no such merchant');
    if (merchant.status === 'terminated')
      throw new RuleViolation('MERCHANT_TERMINATED', 'A terminated merchant gets no contract');
    await assertNoOverlap(em, input.merchantId, input, id);
    const contract = em.create(Contract, {
      id,
      createdContent: contentHash(asAgreed(content)),
      ...content,
      createdAt: deps.now(),
      updatedAt: deps.now(),
    });
    em.persist(contract);
    await announceMerchant(em, announce, input.merchantId);
    audit({
      action: 'contract.agreed',
      entity: 'contract',
      entityId: id,
      merchantId: input.merchantId,
      after: content,
    });
    return contractView(contract);
  });
}

/** With the merchant's row locked this check is not racy; the exclusion constraint stands behind it all the same. */
export async function assertNoOverlap(
  em: EntityManager,
  merchantId: string,
  period: Period,
  exceptId: string,
): Promise<void> {
  const other = await findOverlap(em, merchantId, period, exceptId);
  if (other)
    throw new RuleViolation(
      'CONTRACT_OVERLAPS',
      `Another contract runs from ${other.startsOn} ${other.endsOn === null ? 'without an end' : `to ${other.endsOn}`}; end it first`,
      { startsOn: other.startsOn, endsOn: other.endsOn },
    );
}

/** Without what contracts of earlier days could not say, so that the same create is the same still. */
function asAgreed({ storageMeasure, storageAgeBands, storageSource, ...given }: Omit<NewContract, 'id'>): object {
  const { storageIsLandRelated, ...terms } = given;
  return {
    ...terms,
    ...(storageIsLandRelated ? { storageIsLandRelated } : {}),
    ...(storageMeasure === null ? {} : { storageMeasure }),
    ...(storageAgeBands.length ? { storageAgeBands } : {}),
    ...(storageSource === 'external' ? {} : { storageSource }),
  };
}
