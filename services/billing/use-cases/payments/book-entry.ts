import { invalidField } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { bankActions, BankEntryView } from '../../../../shared/protocol/billing/bank-actions.ts';
import type { PaymentView } from '../../../../shared/protocol/billing/payments-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { returnCharge } from '../../domain/payments/return-charge.ts';
import { claimBankCharge } from '../../persistence/direct-debits/collected.ts';
import { findEntries, lockEntry, type StoredEntry } from '../../persistence/payments/bank-entries.ts';
import { insertPayment, lockPayment, type NewAllocation } from '../../persistence/payments/payments.ts';
import { paymentView } from '../../persistence/payments/payment-views.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { noteBankCollection } from '../direct-debits/book-collection.ts';
import { noteBankReturn } from '../direct-debits/returns.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { assertOpen, withSuggestions } from './bank-entries.ts';
import { todayOf } from './open-items.ts';
import { allocate } from './payments.ts';
import { bookingOf, type SettlementTx } from './settlement.ts';
import { takeBackUses } from './take-back.ts';

type Actions = typeof bankActions;

interface Decision {
  merchantId: string;
  allocations: readonly NewAllocation[];
  returnsPaymentId?: string | undefined;
  passOn?: boolean | undefined;
}

/**
 * Makes an entry of the bank a payment of a merchant. What went out pays what the house owes; as the return of a
 * payment it takes back what that one paid; what the bank charged for that is no money of the merchant, and may be claimed.
 * @throws NotFound; InvalidInput for an unknown merchant, or a return that is none; RuleViolation when the entry is
 *   decided about, or more is allocated than is open or than came
 */
export async function bookBankEntry(
  deps: BillingDeps,
  { id, ...decision }: InputOf<Actions['bookBankEntry']>,
  actor: Actor,
): Promise<PaymentView> {
  assertHouse(actor);
  await ensureMerchant(deps, decision.merchantId, 'merchantId', actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    await lockSettlement(em, decision.merchantId);
    const entry = await lockEntry(em, id);
    assertOpen(entry);
    return paymentView(em, await book({ em, audit, booking: bookingOf(deps, actor.id) }, entry, decision));
  });
}

async function book(tx: SettlementTx, entry: StoredEntry, decision: Decision): Promise<string> {
  const { merchantId, allocations, returnsPaymentId } = decision;
  const chargeMinor =
    returnsPaymentId === undefined ? 0 : await chargeOfReturn(tx, entry, merchantId, returnsPaymentId);
  if (decision.passOn && (!chargeMinor || !allocations.length))
    throw invalidField('passOn', 'CHARGE_MISSING', 'The bank charged nothing that an invoice caused');
  const { valueDate, remittance, endToEndId } = entry;
  const amountMinor = entry.amountMinor + chargeMinor;
  const id = await insertPayment(
    tx.em,
    {
      ...{ merchantId, amountMinor, valueDate, remittance, endToEndId, note: null, replacesId: null },
      ...{ payerName: entry.counterpartyName, payerIban: entry.counterpartyIban, bankEntryId: entry.id },
      ...{ source: returnsPaymentId ? 'returnDebit' : 'bank', returnsId: returnsPaymentId ?? null },
    },
    tx.booking,
  );
  tx.audit({
    ...{ action: 'payment.recorded', entity: 'payment', entityId: id, merchantId },
    after: { amountMinor, valueDate, source: 'bank', bankEntryId: entry.id },
  });
  await allocate(tx, { id, merchantId, amountMinor }, allocations);
  if (returnsPaymentId) {
    const returned = { reason: entry.returnReason, returnedOn: valueDate, bankChargeMinor: chargeMinor || null };
    await noteBankReturn(tx, returnsPaymentId, returned);
    await takeBackUses(tx, { id: returnsPaymentId, merchantId }, entry.returnReason ?? 'returned');
  } else await noteBankCollection(tx, { id, merchantId, amountMinor, endToEndId, valueDate });
  if (decision.passOn) {
    const { on, at } = tx.booking;
    const { invoiceId } = allocations[0]!;
    await claimBankCharge(tx.em, { merchantId, invoiceId }, { amountMinor: chargeMinor, on, at });
  }
  return id;
}

/** @returns what of the entry is the charge of the bank, 0 for none */
async function chargeOfReturn(
  { em }: SettlementTx,
  entry: StoredEntry,
  merchantId: string,
  paymentId: string,
): Promise<number> {
  const returned = await lockPayment(em, paymentId);
  if (returned.merchantId !== merchantId || returned.amountMinor < 0 || entry.amountMinor > 0)
    throw invalidField('returnsPaymentId', 'NO_RETURN', 'The entry takes nothing of this payment back');
  return returnCharge(entry, returned.amountMinor);
}

/**
 * Books of the entries that somebody had in front of them those that are still sure: their text names the numbers of
 * documents of one merchant that come to exactly their amount. One that another of them pays already is left.
 */
export function bookSureEntries(
  deps: BillingDeps,
  { entryIds }: InputOf<Actions['bookSureEntries']>,
  actor: Actor,
): Promise<OutputOf<Actions['bookSureEntries']>> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    const sureAmong = async (lock: boolean) =>
      sureOf(await withSuggestions(em, await findEntries(em, entryIds, lock), todayOf(deps)));
    const merchants = new Set((await sureAmong(false)).map(({ sure }) => sure.merchantId));
    for (const merchantId of [...merchants].toSorted()) await lockSettlement(em, merchantId);
    let booked = 0;
    const paid = new Set<string>();
    // looked at once more now that nobody else pays these documents
    for (const { entry, sure } of await sureAmong(true)) {
      if (!merchants.has(sure.merchantId) || sure.allocations.some(({ invoiceId }) => paid.has(invoiceId))) continue;
      for (const { invoiceId } of sure.allocations) paid.add(invoiceId);
      await book(tx, entry, sure);
      booked += 1;
    }
    return { booked, left: new Set(entryIds).size - booked };
  });
}

const sureOf = (entries: readonly BankEntryView[]) =>
  entries.flatMap((entry) => {
    const sure = entry.suggestions.find(({ confidence }) => confidence === 'sure');
    return sure ? [{ entry, sure }] : [];
  });
