import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, assertSeesMerchant, isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { creditActions } from '../../../../shared/protocol/billing/credit-actions.ts';
import type { CreditEntryView, SettlementView } from '../../../../shared/protocol/billing/payments-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  balanceMinor,
  creditEntryView,
  insertCreditEntry,
  listCreditEntries as list,
  restOfEntry,
} from '../../persistence/payments/credit.ts';
import { settlementView } from '../../persistence/payments/open-items.ts';
import { insertPayment, UNKNOWN_PAYER } from '../../persistence/payments/payments.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { ensureMerchant, findMerchantOr404 } from '../merchants/ensure-merchant.ts';
import { lockItem, todayOf } from './open-items.ts';
import { bookingOf, grantCreditNote, useCreditBalance, type SettlementTx } from './settlement.ts';
import { assertNotToCome } from './value-date.ts';

type Actions = typeof creditActions;

/** Merchants see their own entries, without who booked them and what that noted for the house. */
export async function listCreditEntries(
  deps: BillingDeps,
  input: InputOf<Actions['listCreditEntries']>,
  actor: Actor,
): Promise<OutputOf<Actions['listCreditEntries']>> {
  const page = await read(deps, actor, (em) => list(em, input));
  if (isStaff(actor)) return page;
  return { ...page, items: page.items.map((item) => ({ ...item, reason: null, bookedBy: null })) };
}

export async function getCreditBalance(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getCreditBalance']>> {
  assertSeesMerchant(actor, id);
  await findMerchantOr404(deps, id, actor);
  const balance = await read(deps, actor, (em) => balanceMinor(em, id));
  return { merchantId: id, balanceMinor: balance, currency: 'EUR' };
}

const booking = <Result>(deps: BillingDeps, actor: Actor, work: (tx: SettlementTx) => Promise<Result>) => {
  assertHouse(actor);
  return transact(deps, actor, (em, _announce, audit) => work({ em, audit, booking: bookingOf(deps, actor.id) }));
};

/** @throws InvalidInput for an unknown merchant */
export async function grantCredit(
  deps: BillingDeps,
  { merchantId, amountMinor, reason }: InputOf<Actions['grantCredit']>,
  actor: Actor,
): Promise<CreditEntryView> {
  assertHouse(actor);
  await ensureMerchant(deps, merchantId, 'merchantId', actor);
  return booking(deps, actor, async (tx) => {
    const entityId = await insertCreditEntry(tx.em, { merchantId, kind: 'grant', amountMinor, reason }, tx.booking);
    tx.audit({ action: 'credit.granted', entity: 'credit', entityId, merchantId, after: { amountMinor }, reason });
    return creditEntryView(tx.em, entityId);
  });
}

/**
 * Records that credit was paid out, as money that went out.
 * @throws InvalidInput for a day to come or an unknown merchant; RuleViolation when the balance is lower
 */
export async function payOutCredit(
  deps: BillingDeps,
  { merchantId, amountMinor, valueDate, reason }: InputOf<Actions['payOutCredit']>,
  actor: Actor,
): Promise<CreditEntryView> {
  assertHouse(actor);
  assertNotToCome(valueDate, todayOf(deps));
  await ensureMerchant(deps, merchantId, 'merchantId', actor);
  return booking(deps, actor, async (tx) => {
    await lockSettlement(tx.em, merchantId);
    const paymentId = await insertPayment(
      tx.em,
      { ...UNKNOWN_PAYER, merchantId, valueDate, amountMinor: -amountMinor, source: 'manual', note: reason },
      tx.booking,
    );
    const entry = { merchantId, kind: 'payout' as const, amountMinor: -amountMinor, reason, paymentId };
    const entityId = await insertCreditEntry(tx.em, entry, tx.booking);
    const after = { amountMinor, paymentId };
    tx.audit({ action: 'credit.paid-out', entity: 'credit', entityId, merchantId, after, reason });
    return creditEntryView(tx.em, entityId);
  });
}

/**
 * Takes back what is left of a grant or payout; the money that it was made of is unallocated again.
 * @throws NotFound; RuleViolation when it was used or taken back meanwhile
 */
export const takeBackCredit = (
  deps: BillingDeps,
  { id, reason }: { id: string; reason: string },
  actor: Actor,
): Promise<CreditEntryView> =>
  booking(deps, actor, async (tx) => {
    const { merchantId, kind, invoiceId, paymentId } = await creditEntryView(tx.em, id);
    if (kind !== 'grant' && kind !== 'payout')
      throw new RuleViolation('ENTRY_NOT_REVERSIBLE', 'Only what was granted or paid out is taken back');
    await lockSettlement(tx.em, merchantId);
    const amountMinor = await restOfEntry(tx.em, id);
    if (!amountMinor) throw new RuleViolation('ENTRY_REVERSED', 'This entry was taken back already');
    const entry = { merchantId, kind: 'reversal' as const, amountMinor: -amountMinor, reason, reversesId: id };
    const entityId = await insertCreditEntry(tx.em, { ...entry, invoiceId, paymentId }, tx.booking);
    const before = { kind, amountMinor };
    tx.audit({ action: 'credit.taken-back', entity: 'credit', entityId: id, merchantId, before, reason });
    return creditEntryView(tx.em, entityId);
  });

/** @throws NotFound; RuleViolation without a balance, or when nothing is open */
export const useCredit = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<SettlementView> =>
  booking(deps, actor, async (tx) => {
    const merchantId = await lockItem(tx.em, id);
    const { openMinor } = await settlementView(tx.em, id, todayOf(deps), true);
    const used = await useCreditBalance(tx, merchantId, id, openMinor);
    if (!used) throw new RuleViolation('NOTHING_TO_USE', 'There is no credit, or nothing is open');
    return settlementView(tx.em, id, todayOf(deps), true);
  });

/**
 * What a credit note without original owes becomes credit again after that was taken back; it is when it is issued.
 * @throws NotFound; RuleViolation when it owes nothing
 */
export const creditNoteToBalance = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<SettlementView> =>
  booking(deps, actor, async (tx) => {
    const merchantId = await lockItem(tx.em, id);
    const { openMinor, number } = await settlementView(tx.em, id, todayOf(deps), true);
    if (openMinor >= 0) throw new RuleViolation('NOTHING_OWED', 'The house owes nothing of this document');
    await grantCreditNote(tx, { id, merchantId, number, owedMinor: -openMinor });
    return settlementView(tx.em, id, todayOf(deps), true);
  });
