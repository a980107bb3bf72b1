import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { dunningActions } from '../../../../shared/protocol/billing/dunning-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  claimView,
  dunningOf,
  listClaims,
  reopenClaim,
  settleClaim,
  type Claim,
} from '../../persistence/dunning/claims.ts';
import { lockPayment } from '../../persistence/payments/payments.ts';
import { paymentView } from '../../persistence/payments/payment-views.ts';
import { lockSettlement, settling } from '../../persistence/payments/settling.ts';

type Actions = typeof dunningActions;

export const listDunningClaims = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningClaims']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningClaims']>> => read(deps, actor, (em) => listClaims(em, input));

/**
 * Notes that a claim was paid. A payment that is named has so much less left that could be allocated or refunded.
 * @throws NotFound; RuleViolation for one that is settled, `PAYMENT_USED_UP` when the payment has less left, or
 *   `PAYMENT_VOID` for one that was voided
 * @throws InvalidInput for a payment of somebody else
 */
export const payDunningClaim = (
  deps: BillingDeps,
  { id, paymentId }: InputOf<Actions['payDunningClaim']>,
  actor: Actor,
): Promise<Claim> => settle(deps, id, actor, { state: 'paid', reason: null, paymentId });

/** @throws NotFound; RuleViolation for one that is settled */
export const waiveDunningClaim = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['waiveDunningClaim']>,
  actor: Actor,
): Promise<Claim> => settle(deps, id, actor, { state: 'waived', reason, paymentId: null });

async function settle(
  deps: BillingDeps,
  id: string,
  actor: Actor,
  how: { state: 'paid' | 'waived'; reason: string | null; paymentId: string | null },
): Promise<Claim> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const { merchantId, kind, amountMinor } = await claimView(em, id);
    const { state, reason, paymentId } = how;
    // whoever settles for the merchant is waited for before a row is locked
    await lockSettlement(em, merchantId);
    if (paymentId !== null) await lockOwn(em, paymentId, merchantId);
    if (!(await settling(() => settleClaim(em, id, { ...how, by: actor.id, at: deps.now() })))) {
      const claim = await claimView(em, id);
      throw new RuleViolation('CLAIM_SETTLED', `The claim is ${claim.state}`, { state: claim.state });
    }
    audit({
      action: state === 'paid' ? 'dunning.claim-paid' : 'dunning.claim-waived',
      ...{ entity: 'dunning-claim', entityId: id, merchantId },
      after: { kind, amountMinor, ...(paymentId === null ? {} : { paymentId }) },
      ...(reason === null ? {} : { reason }),
    });
    return claimView(em, id);
  });
}

/** Nobody voids or uses it until the commit. */
async function lockOwn(em: EntityManager, paymentId: string, merchantId: string): Promise<void> {
  const payment = await paymentView(em, paymentId);
  if (payment.merchantId !== merchantId)
    throw invalidField('paymentId', 'PAYMENT_OF_ANOTHER', 'The payment is not of this merchant');
  await lockPayment(em, paymentId);
}

/** Takes back that a claim was paid. @throws NotFound; RuleViolation for one that is not */
export async function reopenDunningClaim(
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['reopenDunningClaim']>,
  actor: Actor,
): Promise<Claim> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const { merchantId, kind, amountMinor, paymentId } = await claimView(em, id);
    await lockSettlement(em, merchantId);
    if (!(await reopenClaim(em, id))) {
      if ((await claimView(em, id)).credited)
        throw new RuleViolation('CLAIM_CREDITED', 'What was paid of the claim is credit of the merchant');
      throw new RuleViolation('CLAIM_NOT_PAID', 'The claim was not noted as paid');
    }
    audit({
      ...{ action: 'dunning.claim-reopened', entity: 'dunning-claim', entityId: id, merchantId, reason },
      before: { kind, amountMinor, ...(paymentId === null ? {} : { paymentId }) },
    });
    return claimView(em, id);
  });
}

/** @throws NotFound */
export const getInvoiceDunning = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoiceDunning']>> => read(deps, actor, (em) => dunningOf(em, id));
