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
  itemOfPayment,
  lockReturnable,
  markReturned,
  type ReturnableItem,
} from '../../persistence/direct-debits/collected.ts';
import { itemView } from '../../persistence/direct-debits/collection-views.ts';
import { changeMandate } from '../../persistence/direct-debits/mandates.ts';
import {
  allocatedMinor,
  insertAllocations,
  insertPayment,
  UNKNOWN_PAYER,
} from '../../persistence/payments/payments.ts';
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
    if (item.paymentId) await takeBack(tx, item, item.paymentId, { reason, returnedOn });
    const returned = { reason, returnedOn, bankChargeMinor: bankChargeMinor ?? null };
    await settleReturn(tx, item, returned);
    if (passOn) await claimBankCharge(em, item, { amountMinor: bankChargeMinor!, on: today, at: deps.now() });
    return itemView(em, id, today);
  });
}

/** "Reason not specified". */
const UNSPECIFIED = 'MS03';

/** The money that was booked goes out again, and with it what it paid. */
async function takeBack(
  tx: SettlementTx,
  { merchantId, invoiceId, amountMinor, debtorName, iban, endToEndId }: ReturnableItem,
  paymentId: string,
  { reason, returnedOn }: { reason: string; returnedOn: string },
): Promise<void> {
  const { em, booking } = tx;
  const paid = await allocatedMinor(em, paymentId, invoiceId);
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
  if (paid > 0) await insertAllocations(em, { id: back, merchantId }, [{ invoiceId, amountMinor: -paid }], booking);
  await takeBackUses(tx, { id: paymentId, merchantId }, reason);
}

async function settleReturn(
  { em, audit, booking }: SettlementTx,
  item: ReturnableItem,
  returned: { reason: string; returnedOn: string; bankChargeMinor: number | null },
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
 * An entry of the bank took a payment back that was booked for a collection. The money is booked by whoever calls;
 * nothing happens where the payment collected nothing.
 * @param reason           code of ISO 20022; banks leave it out where the debtor asks for secrecy, which is MS03
 * @param bankChargeMinor  what the bank took for it
 */
export async function noteBankReturn(
  tx: SettlementTx,
  paymentId: string,
  {
    reason,
    returnedOn,
    bankChargeMinor,
  }: { reason: string | null; returnedOn: string; bankChargeMinor: number | null },
): Promise<void> {
  const found = await itemOfPayment(tx.em, paymentId);
  if (!found) return;
  const item = await lockReturnable(tx.em, found.id, 'UTC');
  await settleReturn(tx, item, {
    reason: reason && /^[A-Z0-9]{4}$/.test(reason) ? reason : UNSPECIFIED,
    ...{ returnedOn, bankChargeMinor },
  });
}
