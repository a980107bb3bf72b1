import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { BankEntryView, bankActions } from '../../../../shared/protocol/billing/bank-actions.ts';
import type { PaymentView } from '../../../../shared/protocol/billing/payments-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { suggestionsFor } from '../../domain/payments/suggest.ts';
import { noteReturnCharge } from '../../persistence/direct-debits/collected.ts';
import {
  listEntries,
  listStatements,
  lockEntry,
  setDismissed,
  setEntry,
  type StoredEntry,
} from '../../persistence/payments/bank-entries.ts';
import { knownTo } from '../../persistence/payments/known-payers.ts';
import { lockPayment } from '../../persistence/payments/payments.ts';
import { paymentView } from '../../persistence/payments/payment-views.ts';
import { noteBankCollection } from '../direct-debits/book-collection.ts';
import { todayOf } from './open-items.ts';
import { bookingOf } from './settlement.ts';

type Actions = typeof bankActions;

export const listBankStatements = (
  deps: BillingDeps,
  input: InputOf<Actions['listBankStatements']>,
  actor: Actor,
): Promise<OutputOf<Actions['listBankStatements']>> => read(deps, actor, (em) => listStatements(em, input));

export const listBankEntries = (
  deps: BillingDeps,
  input: InputOf<Actions['listBankEntries']>,
  actor: Actor,
): Promise<OutputOf<Actions['listBankEntries']>> =>
  read(deps, actor, async (em) => {
    const page = await listEntries(em, input);
    return { ...page, items: await withSuggestions(em, page.items, todayOf(deps)) };
  });

/** Only what nobody decided about yet has suggestions. */
export async function withSuggestions(
  em: EntityManager,
  entries: readonly StoredEntry[],
  today: string,
): Promise<BankEntryView[]> {
  const open = entries.filter(({ state }) => state === 'open');
  if (!open.length) return entries.map((entry) => ({ ...entry, suggestions: [] }));
  const known = await knownTo(em, open, today);
  return entries.map((entry) => ({
    ...entry,
    suggestions: entry.state === 'open' ? suggestionsFor(entry, known) : [],
  }));
}

/**
 * Says that a payment recorded by hand is this entry, so that its money is booked once. What the entry names was collected
 * by it. Of a return the entry may be more: that is the charge of the bank.
 * @throws NotFound; RuleViolation when the entry is decided about, or the payment is of another amount or entry
 */
export function linkBankEntry(
  deps: BillingDeps,
  { id, paymentId }: InputOf<Actions['linkBankEntry']>,
  actor: Actor,
): Promise<PaymentView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const payment = await lockPayment(em, paymentId);
    const entry = await lockEntry(em, id);
    assertOpen(entry);
    if (!(await setEntry(em, paymentId, id)))
      throw new RuleViolation('PAYMENT_OF_ENTRY', 'The payment is another entry of the bank');
    const { merchantId, returnsId } = payment;
    if (returnsId && entry.amountMinor < payment.amountMinor)
      await noteReturnCharge(em, paymentId, payment.amountMinor - entry.amountMinor);
    await noteBankCollection({ em, audit, booking: bookingOf(deps, actor.id) }, paymentId);
    audit({ action: 'bank-entry.linked', entity: 'bank-entry', entityId: id, merchantId, after: { paymentId } });
    return paymentView(em, paymentId);
  });
}

/** @throws NotFound; RuleViolation when it is booked or put aside already */
export const dismissBankEntry = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['dismissBankEntry']>,
  actor: Actor,
): Promise<BankEntryView> => decide(deps, id, actor, reason);

/** @throws NotFound; RuleViolation when it was not put aside */
export const reopenBankEntry = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<BankEntryView> =>
  decide(deps, id, actor, null);

function decide(deps: BillingDeps, id: string, actor: Actor, reason: string | null): Promise<BankEntryView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const entry = await lockEntry(em, id);
    if (reason !== null) assertOpen(entry);
    else if (entry.state !== 'dismissed')
      throw new RuleViolation('ENTRY_NOT_DISMISSED', 'This entry was not put aside');
    await setDismissed(em, id, reason, bookingOf(deps, actor.id));
    audit({
      action: reason === null ? 'bank-entry.reopened' : 'bank-entry.dismissed',
      ...{ entity: 'bank-entry', entityId: id, merchantId: null, ...(reason === null ? {} : { reason }) },
    });
    const [view] = await withSuggestions(em, [await lockEntry(em, id)], todayOf(deps));
    return view!;
  });
}

/** @throws RuleViolation when somebody decided about it before */
export function assertOpen({ state, paymentId }: StoredEntry): void {
  if (state === 'booked')
    throw new RuleViolation('ENTRY_BOOKED', 'This entry of the bank is booked already', { paymentId });
  if (state === 'dismissed')
    throw new RuleViolation('ENTRY_DISMISSED', 'This entry of the bank was put aside; take it back first');
}
