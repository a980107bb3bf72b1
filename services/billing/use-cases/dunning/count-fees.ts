import type { Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { lessFees } from '../../domain/dunning/claims.ts';
import { uncountedFees } from '../../persistence/dunning/claimed-debts.ts';
import type { Booking } from '../../persistence/payments/settling.ts';
import type { DunnedInvoice } from './letter-model.ts';
import { waiveRecounted } from './recount-claims.ts';

/**
 * The lump sum counts towards what the letters before it cost, also where the house asked for fees then and changed that
 * since (§ 288 Abs. 5 Satz 3 BGB): a fee that is open falls, and one that was paid is taken off the lump sum. Comes before
 * the letter is written, under the lock of the merchant's settlement.
 * @returns the invoices with the lump sums that are left
 */
export async function countFees(
  { em, audit }: { em: EntityManager; audit: Audit },
  merchantId: string,
  { by, at }: Pick<Booking, 'by' | 'at'>,
  dunned: readonly DunnedInvoice[],
): Promise<readonly DunnedInvoice[]> {
  const bearing = dunned.filter(({ lumpSumClaimed, lumpSumMinor }) => lumpSumClaimed || lumpSumMinor > 0);
  if (!bearing.length) return dunned;
  const fees = await uncountedFees(
    em,
    bearing.map(({ invoiceId }) => invoiceId),
  );
  for (const fee of fees.filter(({ state }) => state === 'open'))
    await waiveRecounted({ em, audit }, merchantId, { ...fee, kind: 'fee' }, { by, at });
  return lessFees(
    dunned,
    fees.filter(({ state }) => state === 'paid'),
  );
}
