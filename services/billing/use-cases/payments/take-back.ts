import { claimsPaidBy, reopenClaim } from '../../persistence/dunning/claims.ts';
import {
  balanceMinor,
  creditUsedSince,
  grantsOf,
  insertCreditEntry,
  paidOutSince,
  type Grant,
} from '../../persistence/payments/credit.ts';
import { lackedMinor } from '../../persistence/payments/payments.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import type { SettlementTx } from './settlement.ts';

/** A payment that the bank took back. */
interface Returned {
  id: string;
  merchantId: string;
}

/**
 * Takes back what else was made of a payment whose return is booked and taken off its documents, as far as the return
 * still lacks money: credit, latest first, also where an invoice used it, which is open again; then what it paid beside
 * the invoices. What was paid out is gone: that much stays as what the return lacks.
 */
export async function takeBackUses(tx: SettlementTx, payment: Returned, reason: string): Promise<void> {
  const { em, audit } = tx;
  const { id, merchantId } = payment;
  await lockSettlement(em, merchantId);
  let lacked = await lackedMinor(em, id);
  for (const grant of await grantsOf(em, id))
    if (lacked > 0) lacked -= await takeBackGrant(tx, payment, grant, Math.min(grant.restMinor, lacked), reason);
  for (const { id: entityId, kind, amountMinor } of await claimsPaidBy(em, id)) {
    if (lacked <= 0) return;
    await reopenClaim(em, entityId);
    const before = { kind, amountMinor, paymentId: id };
    audit({ action: 'dunning.claim-reopened', entity: 'dunning-claim', entityId, merchantId, before, reason });
    lacked -= amountMinor;
  }
}

/** @returns how much of it the balance had, after what was used of it is back there */
async function takeBackGrant(
  tx: SettlementTx,
  { id: paymentId, merchantId }: Returned,
  grant: Grant,
  wanted: number,
  reason: string,
): Promise<number> {
  const { em, audit, booking } = tx;
  let balance = await balanceMinor(em, merchantId);
  // what was paid out since is gone; what else is missing was used
  const used = balance < wanted ? wanted - (await paidOutSince(em, merchantId, grant)) : 0;
  for (const { invoiceId, usedMinor } of balance < used ? await creditUsedSince(em, merchantId, grant) : []) {
    const amountMinor = Math.min(usedMinor, used - balance);
    if (amountMinor <= 0) break;
    await insertCreditEntry(em, { merchantId, kind: 'returned', amountMinor, reason, invoiceId }, booking);
    const entity = { entity: 'invoice', entityId: invoiceId, merchantId } as const;
    audit({ action: 'invoice.credit-taken-back', ...entity, before: { amountMinor }, reason });
    balance += amountMinor;
  }
  const amountMinor = Math.min(wanted, balance);
  if (amountMinor <= 0) return 0;
  const reversal = { merchantId, kind: 'reversal' as const, amountMinor: -amountMinor, reversesId: grant.id };
  await insertCreditEntry(em, { ...reversal, reason, paymentId }, booking);
  const entity = { entity: 'credit', entityId: grant.id, merchantId } as const;
  audit({ action: 'credit.taken-back', ...entity, before: { amountMinor }, reason });
  return amountMinor;
}
