import { invalidField } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { bankActions, BankEntryView } from '../../../../shared/protocol/billing/bank-actions.ts';
import type { PaymentView } from '../../../../shared/protocol/billing/payments-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { claimBankCharge } from '../../persistence/direct-debits/collected.ts';
import { findEntries, lockEntry, type StoredEntry } from '../../persistence/payments/bank-entries.ts';
import { insertPayment, type NewAllocation } from '../../persistence/payments/payments.ts';
import { paymentView } from '../../persistence/payments/payment-views.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { noteBankCollection } from '../direct-debits/book-collection.ts';
import { noteBankReturn } from '../direct-debits/returns.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { assertOpen, withSuggestions } from './bank-entries.ts';
import { bankReturn } from './book-return.ts';
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
 * @throws NotFound; InvalidInput for an unknown merchant, or a return that is none or takes back something else; RuleViolation when the entry is
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

const NO_RETURN = { chargeMinor: 0, itemIds: [] };

async function book(tx: SettlementTx, entry: StoredEntry, decision: Decision): Promise<string> {
  const { merchantId, returnsPaymentId } = decision;
  const { chargeMinor, allocations, itemIds } =
    returnsPaymentId === undefined
      ? { ...NO_RETURN, allocations: decision.allocations }
      : await bankReturn(tx, entry, merchantId, returnsPaymentId, decision.allocations);
  const [caused] = allocations;
  if (decision.passOn && (!chargeMinor || !caused))
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
    const { returnReason: reason } = entry;
    const returned = { reason, returnedOn: valueDate, bankChargeMinor: chargeMinor || null, paymentId: id };
    await noteBankReturn(tx, itemIds, returned);
    await takeBackUses(tx, { id: returnsPaymentId, merchantId }, reason ?? 'returned');
  } else await noteBankCollection(tx, id);
  if (decision.passOn) {
    const { on, at } = tx.booking;
    const charge = { amountMinor: chargeMinor, on, at, returnPaymentId: id };
    await claimBankCharge(tx.em, { merchantId, invoiceId: caused!.invoiceId }, charge);
  }
  return id;
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
