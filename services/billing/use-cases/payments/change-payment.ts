import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { paymentsActions, PaymentView } from '../../../../shared/protocol/billing/payments-actions.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { reopenCollected } from '../../persistence/direct-debits/collected.ts';
import { insertCreditEntry } from '../../persistence/payments/credit.ts';
import {
  allocatedMinor,
  insertAllocations,
  insertPayment,
  lockPayment,
  markVoid,
  setMerchant,
  UNKNOWN_PAYER,
  type LockedPayment,
} from '../../persistence/payments/payments.ts';
import { paymentView } from '../../persistence/payments/payment-views.ts';
import { undoReturn } from '../direct-debits/returns.ts';
import { recountClaims } from '../dunning/recount-claims.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { bookingOf, type SettlementTx } from './settlement.ts';
import { assertNotToCome } from './value-date.ts';

type Actions = typeof paymentsActions;
type Change = (tx: SettlementTx, payment: LockedPayment) => Promise<string | void>;

/** One change of a payment that nobody else changes meanwhile; another one than it was is answered by its id. */
async function change(deps: BillingDeps, id: string, actor: Actor, work: Change): Promise<PaymentView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    const answered = await work(tx, await lockPayment(em, id));
    return paymentView(em, answered ?? id);
  });
}

/**
 * Says whose payment it is. What was given to another merchant stays in that one's books as void, and its money is
 * recorded anew for the right one.
 * @throws NotFound; InvalidInput for an unknown merchant; RuleViolation while it pays something
 */
export async function assignPayment(
  deps: BillingDeps,
  { id, merchantId }: InputOf<Actions['assignPayment']>,
  actor: Actor,
): Promise<PaymentView> {
  assertHouse(actor);
  await ensureMerchant(deps, merchantId, 'merchantId', actor);
  return change(deps, id, actor, async (tx, payment) => {
    const { em, audit, booking } = tx;
    if (payment.merchantId === merchantId) return;
    let entityId = id;
    if (payment.merchantId === null) await setMerchant(em, id, merchantId);
    else {
      await retire(tx, payment, 'moved');
      entityId = await insertPayment(em, { ...payment, merchantId, returnsId: null, replacesId: id }, booking);
    }
    const before = { merchantId: payment.merchantId, paymentId: id };
    audit({ action: 'payment.assigned', entity: 'payment', entityId, merchantId, before, after: { merchantId } });
    return entityId;
  });
}

/**
 * A collection that it was the money of waits for its money again.
 * @throws NotFound; RuleViolation when it pays nothing of the document
 */
export const unmatchPayment = (
  deps: BillingDeps,
  { id, invoiceId, reason }: InputOf<Actions['unmatchPayment']>,
  actor: Actor,
): Promise<PaymentView> =>
  change(deps, id, actor, async ({ em, audit, booking }, payment) => {
    const amountMinor = await allocatedMinor(em, id, invoiceId);
    if (!payment.merchantId || !amountMinor)
      throw new RuleViolation('NOT_ALLOCATED', 'The payment pays nothing of this document');
    await reopenCollected(em, id, invoiceId);
    const owned = { id, merchantId: payment.merchantId };
    await insertAllocations(em, owned, [{ invoiceId, amountMinor: -amountMinor }], booking, {
      kind: 'unmatch',
      reason,
    });
    audit({
      ...{ action: 'payment.unmatched', entity: 'payment', entityId: id, merchantId: payment.merchantId, reason },
      before: { invoiceId, amountMinor },
    });
    await recountClaims({ em, audit }, payment.merchantId, booking);
  });

/** @throws NotFound; RuleViolation when less is left, or nobody knows whose it is */
export const grantFromPayment = (
  deps: BillingDeps,
  { id, amountMinor, reason }: InputOf<Actions['grantFromPayment']>,
  actor: Actor,
): Promise<PaymentView> =>
  change(deps, id, actor, async ({ em, audit, booking }, payment) => {
    const merchantId = knownMerchant(payment);
    const entry = { merchantId, kind: 'grant' as const, amountMinor, reason, paymentId: id };
    const entityId = await insertCreditEntry(em, entry, booking);
    audit({
      action: 'credit.granted',
      entity: 'credit',
      entityId,
      merchantId,
      after: { amountMinor, paymentId: id },
      reason,
    });
  });

/**
 * What is left of a payment goes back: by way of the credit balance, so that the ledger tells why it went out.
 * @throws NotFound; InvalidInput for a day to come; RuleViolation when less is left, or nobody knows whose it is
 */
export const refundPayment = (
  deps: BillingDeps,
  { id, amountMinor, valueDate, reason }: InputOf<Actions['refundPayment']>,
  actor: Actor,
): Promise<PaymentView> =>
  change(deps, id, actor, async ({ em, audit, booking }, payment) => {
    assertNotToCome(valueDate, booking.on);
    const merchantId = knownMerchant(payment);
    const { payerName, payerIban } = payment;
    await insertCreditEntry(em, { merchantId, kind: 'grant', amountMinor, reason, paymentId: id }, booking);
    const back = await insertPayment(
      em,
      {
        ...{ ...UNKNOWN_PAYER, merchantId, valueDate, payerName, payerIban, amountMinor: -amountMinor },
        ...{ source: 'manual', note: reason },
      },
      booking,
    );
    const payout = { merchantId, kind: 'payout' as const, amountMinor: -amountMinor, reason, paymentId: back };
    await insertCreditEntry(em, payout, booking);
    const after = { amountMinor, paymentId: back };
    audit({ action: 'payment.refunded', entity: 'payment', entityId: id, merchantId, after, reason });
  });

/** @throws NotFound; RuleViolation while it pays something */
export const voidPayment = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['voidPayment']>,
  actor: Actor,
): Promise<PaymentView> =>
  change(deps, id, actor, async (tx, payment) => {
    const { merchantId, amountMinor } = payment;
    await retire(tx, payment, reason);
    tx.audit({
      action: 'payment.voided',
      entity: 'payment',
      entityId: id,
      merchantId,
      before: { amountMinor },
      reason,
    });
  });

/** The payment counts no more: neither does what it collected, or what came back by it. */
async function retire(tx: SettlementTx, payment: LockedPayment, reason: string): Promise<void> {
  await reopenCollected(tx.em, payment.id);
  await markVoid(tx.em, payment.id, reason, tx.booking);
  if (payment.returnsId) await undoReturn(tx, payment, reason);
}

function knownMerchant({ merchantId, amountMinor }: LockedPayment): string {
  if (!merchantId) throw new RuleViolation('MERCHANT_MISSING', 'Say first whose payment it is');
  if (amountMinor < 0) throw new RuleViolation('PAYMENT_WENT_OUT', 'This is money that went out');
  return merchantId;
}
