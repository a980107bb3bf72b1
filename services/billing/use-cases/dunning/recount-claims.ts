import type { Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BaseRate } from '../../domain/dunning/interest.ts';
import { neverOwed, type LetterClaim } from '../../domain/dunning/recount.ts';
import { dunnedDebts, openLetterClaims } from '../../persistence/dunning/claimed-debts.ts';
import { settleClaim } from '../../persistence/dunning/claims.ts';
import { baseRates } from '../../persistence/dunning/overdue.ts';
import type { Booking } from '../../persistence/payments/settling.ts';

/** In place of a reason that somebody gave; screens have words for it. */
const RECOUNTED = 'recounted';

/**
 * Waives the open claims of a merchant that were never owed by what is booked now: money may be booked after a letter
 * that had come before it. Comes after money was allocated, and before a letter is written, under the lock of the
 * merchant's settlement. What was paid stays paid. Repeated it finds nothing.
 * @param rates  where they are known already; whoever recounts for several merchants asks once
 */
export async function recountClaims(
  { em, audit }: { em: EntityManager; audit: Audit },
  merchantId: string,
  { by, at, zone }: Pick<Booking, 'by' | 'at' | 'zone'>,
  rates?: readonly BaseRate[],
): Promise<void> {
  const claims = await openLetterClaims(em, merchantId);
  if (!claims.length) return;
  const invoiceIds = [...new Set(claims.flatMap((claim) => claim.invoiceIds))];
  const debts = await dunnedDebts(em, invoiceIds, zone);
  for (const claim of neverOwed(claims, debts, rates ?? (await baseRates(em))))
    await waiveRecounted({ em, audit }, merchantId, claim, { by, at });
}

/** Waives a claim that is not owed as it was counted. What is owed after all is claimed anew. */
export async function waiveRecounted(
  { em, audit }: { em: EntityManager; audit: Audit },
  merchantId: string,
  { id, kind, amountMinor }: Pick<LetterClaim, 'id' | 'kind' | 'amountMinor'>,
  { by, at }: Pick<Booking, 'by' | 'at'>,
): Promise<void> {
  if (await settleClaim(em, id, { state: 'waived', by, at, reason: RECOUNTED, recounted: true }))
    audit({
      ...{ action: 'dunning.claim-waived', entity: 'dunning-claim', entityId: id, merchantId },
      after: { kind, amountMinor, recounted: true },
    });
}
