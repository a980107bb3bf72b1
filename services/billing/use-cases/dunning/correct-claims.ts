import { cut } from '../../../../shared/kernel/cut.ts';
import {
  claimsOfCorrected,
  correctPaidClaim,
  settleClaim,
  type CorrectedClaim,
} from '../../persistence/dunning/claims.ts';
import { insertCreditEntry } from '../../persistence/payments/credit.ts';
import { lockPayment } from '../../persistence/payments/payments.ts';
import type { SettlementTx } from '../payments/settlement.ts';

interface Correction {
  /** The document that takes the invoice back. */
  correctedBy: string;
  reason: string;
}

interface CorrectedInvoice {
  id: string;
  number: string | null;
  merchantId: string;
}

/**
 * What a correction takes back was never owed, and nothing is claimed for its delay: after a cancellation, or a credit
 * of all that was left, every open claim of the invoice falls, and the fee of a letter that is about nothing else; what
 * a payment paid of them is credit of the merchant. Claims noted as paid without one stay so: nobody knows of what money. After a credit of a part the open interest falls: the next letter claims
 * what the rest bears from the first day on. Comes after the correction in its transaction, which has the lock of the
 * merchant's settlement.
 */
export async function dropCorrectedClaims(
  tx: SettlementTx,
  invoice: CorrectedInvoice,
  correction: Correction,
): Promise<void> {
  for (const claim of await claimsOfCorrected(tx.em, invoice.id))
    if (claim.state === 'open') await waive(tx, invoice, claim, correction);
    else await giveBack(tx, invoice, claim, correction);
}

async function waive(
  { em, audit, booking: { by, at } }: SettlementTx,
  { merchantId }: CorrectedInvoice,
  { id, kind, amountMinor }: CorrectedClaim,
  { correctedBy, reason }: Correction,
): Promise<void> {
  // finance may have settled it in this moment
  if (await settleClaim(em, id, { state: 'waived', by, at, reason: cut(reason, 500), correctedBy }))
    audit({
      ...{ action: 'dunning.claim-waived', entity: 'dunning-claim', entityId: id, merchantId },
      ...{ after: { kind, amountMinor, correctedBy }, reason },
    });
}

/**
 * The credit is made of the payment, so that it goes with it where the bank takes that back, and is no more than the
 * payment has.
 */
async function giveBack(
  { em, audit, booking }: SettlementTx,
  { number, merchantId }: CorrectedInvoice,
  { id, kind, amountMinor }: CorrectedClaim,
  { correctedBy, reason }: Correction,
): Promise<void> {
  // finance may have opened it again in this moment
  const paid = await correctPaidClaim(em, id, correctedBy);
  if (!paid) return;
  const granted = Math.min(amountMinor, (await lockPayment(em, paid.paymentId)).unallocatedMinor);
  const why = cut(`${number}: ${reason}`, 500);
  const grant = { merchantId, kind: 'grant' as const, amountMinor: granted, reason: why, claimId: id, ...paid };
  const creditEntryId = granted > 0 ? await insertCreditEntry(em, grant, booking) : null;
  audit({
    ...{ action: 'dunning.claim-credited', entity: 'dunning-claim', entityId: id, merchantId },
    ...{ after: { kind, amountMinor, correctedBy, creditEntryId }, reason },
  });
}
