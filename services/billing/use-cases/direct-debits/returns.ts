import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { blocksMandate } from '../../domain/direct-debits/return-reasons.ts';
import {
  claimBankCharge,
  lockReturnable,
  markReturned,
  unmarkReturned,
  type ReturnableItem,
  type Returned,
} from '../../persistence/direct-debits/collected.ts';
import { itemView } from '../../persistence/direct-debits/collection-views.ts';
import { changeMandate } from '../../persistence/direct-debits/mandates.ts';
import { chargesOfReturn, settleClaim } from '../../persistence/dunning/claims.ts';
import { insertAllocations, insertPayment, paidBy, UNKNOWN_PAYER } from '../../persistence/payments/payments.ts';
import { bookingOf, type SettlementTx } from '../payments/settlement.ts';
import { takeBackUses } from '../payments/take-back.ts';
import { todayOf } from './collection-runs.ts';

/**
 * The bank took a collection back, told by hand. Money that was booked is taken off the invoice again; the invoice is
 * held, and a reason that would come back again blocks the mandate.
 * @throws NotFound; InvalidInput for a day to come or before the bank had the file; RuleViolation unless the bank has it
 */
export async function returnCollection(
  deps: BillingDeps,
  { id, reason, returnedOn, bankChargeMinor, passOn }: InputOf<typeof directDebitActions.returnCollection>,
  actor: Actor,
): Promise<OutputOf<typeof directDebitActions.returnCollection>> {
  const today = todayOf(deps);
  if (returnedOn > today) throw invalidField('returnedOn', 'DAY_TO_COME', 'That day is still to come');
  if (passOn && bankChargeMinor === undefined)
    throw invalidField('bankChargeMinor', 'CHARGE_MISSING', 'Say what the bank charged');
  return transact(deps, actor, async (em, _announce, audit) => {
    const item = await lockReturnable(em, id, deps.config.KONTOR_ZONE);
    if (item.runState !== 'submitted' || (item.state !== 'open' && item.state !== 'collected'))
      throw new RuleViolation('COLLECTION_STATE', `The collection is ${item.state}`, { state: item.state });
    // banks refuse some before the day of collection
    if (returnedOn < item.handedInOn)
      throw invalidField('returnedOn', 'BEFORE_COLLECTION', 'The bank did not have the file by then');
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    const returnPaymentId = item.paymentId ? await takeBack(tx, item, item.paymentId, { reason, returnedOn }) : null;
    const returned = { reason, returnedOn, bankChargeMinor: bankChargeMinor ?? null, paymentId: returnPaymentId };
    await settleReturn(tx, item, returned);
    const charge = { on: today, at: deps.now(), returnPaymentId };
    if (passOn) await claimBankCharge(em, item, { ...charge, amountMinor: bankChargeMinor! });
    return itemView(em, id, today);
  });
}

/** "Reason not specified". */
const UNSPECIFIED = 'MS03';

/** The money that was booked goes out again, and with it what it paid. @returns the money that went out */
async function takeBack(
  tx: SettlementTx,
  { merchantId, invoiceId, amountMinor, debtorName, iban, endToEndId }: ReturnableItem,
  paymentId: string,
  { reason, returnedOn }: { reason: string; returnedOn: string },
): Promise<string> {
  const { em, booking } = tx;
  const paid = (await paidBy(em, paymentId)).find((one) => one.invoiceId === invoiceId)?.amountMinor ?? 0;
  const back = await insertPayment(
    em,
    {
      ...{
        ...UNKNOWN_PAYER,
        merchantId,
        amountMinor: -amountMinor,
        valueDate: returnedOn,
        source: 'returnDebit' as const,
      },
      ...{ returnsId: paymentId, payerName: debtorName, payerIban: iban, endToEndId, note: reason },
    },
    booking,
  );
  const taken = Math.min(paid, amountMinor);
  if (taken > 0) await insertAllocations(em, { id: back, merchantId }, [{ invoiceId, amountMinor: -taken }], booking);
  await takeBackUses(tx, { id: paymentId, merchantId }, reason);
  return back;
}

async function settleReturn(
  { em, audit, booking }: SettlementTx,
  item: ReturnableItem,
  returned: Omit<Returned, 'by' | 'at'>,
): Promise<void> {
  const { by, at } = booking;
  await markReturned(em, item, { ...returned, by, at });
  audit({
    ...{ action: 'collection.returned', entity: 'collection-item', entityId: item.id, merchantId: item.merchantId },
    after: { ...returned, invoiceId: item.invoiceId },
  });
  if (item.mandateState === 'active' && blocksMandate(returned.reason))
    await block(em, audit, item, { reason: returned.reason, by, at });
}

async function block(
  em: EntityManager,
  audit: Audit,
  { mandateId, merchantId }: ReturnableItem,
  how: { reason: string; by: string; at: Date },
): Promise<void> {
  await changeMandate(em, { id: mandateId, merchantId }, { ...how, action: 'blocked', state: 'blocked' });
  audit({ action: 'mandate.blocked', entity: 'mandate', entityId: mandateId, merchantId, reason: how.reason });
}

/**
 * Collections came back by an entry of the bank. The money is booked by whoever calls.
 * @param reason           code of ISO 20022; banks leave it out where the debtor asks for secrecy, which is MS03
 * @param bankChargeMinor  what the bank took for all of it
 */
export async function noteBankReturn(
  tx: SettlementTx,
  itemIds: readonly string[],
  { reason, bankChargeMinor, ...returned }: Omit<Returned, 'by' | 'at' | 'reason'> & { reason: string | null },
): Promise<void> {
  for (const [index, id] of itemIds.entries())
    await settleReturn(tx, await lockReturnable(tx.em, id, 'UTC'), {
      ...returned,
      reason: reason && /^[A-Z0-9]{4}$/.test(reason) ? reason : UNSPECIFIED,
      bankChargeMinor: index === 0 ? bankChargeMinor : null,
    });
}

/**
 * A return is voided or another merchant's: what came back by it is collected after all, and its charge no more claimed,
 * unless that was paid. A mandate that it blocked is unblocked by a person.
 * @throws RuleViolation `COLLECTED_ANEW` where the invoice was collected once more
 */
export async function undoReturn(
  { em, audit, booking }: SettlementTx,
  { id: paymentId, merchantId }: { id: string; merchantId: string | null },
  reason: string,
): Promise<void> {
  const { by, at } = booking;
  for (const { id: entityId, invoiceId, ...before } of await unmarkReturned(em, paymentId))
    audit({
      ...{ action: 'collection.return-undone', entity: 'collection-item', entityId, merchantId, reason },
      before: { ...before, invoiceId },
    });
  for (const { id: entityId, kind, amountMinor } of await chargesOfReturn(em, paymentId)) {
    if (!(await settleClaim(em, entityId, { state: 'waived', by, at, reason }))) continue;
    const after = { kind, amountMinor };
    audit({ action: 'dunning.claim-waived', entity: 'dunning-claim', entityId, merchantId, after, reason });
  }
}
