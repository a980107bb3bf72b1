import { cut } from '../../../../shared/kernel/cut.ts';
import { claimsOfCorrected, settleClaim } from '../../persistence/dunning/claims.ts';
import type { StepTx } from '../runs/work-row.ts';

/**
 * What a correction takes back was never owed, and nothing is claimed for its delay: after a cancellation, or a credit
 * of all that was left, every open claim of the invoice falls, and the fee of a letter that is about nothing else. After
 * a credit of a part the open interest falls: the next letter claims what the rest bears from the first day on. Comes
 * after the correction in its transaction, which has the lock of the merchant's settlement. What was paid stays paid.
 */
export async function dropCorrectedClaims(
  { em, audit }: Pick<StepTx, 'em' | 'audit'>,
  { id, merchantId }: { id: string; merchantId: string },
  { correctedBy, reason, by, at }: { correctedBy: string; reason: string; by: string; at: Date },
): Promise<void> {
  for (const claim of await claimsOfCorrected(em, id)) {
    const settled = { state: 'waived', by, at, reason: cut(reason, 500), correctedBy } as const;
    // finance may have settled it in this moment
    if (await settleClaim(em, claim.id, settled))
      audit({
        ...{ action: 'dunning.claim-waived', entity: 'dunning-claim', entityId: claim.id, merchantId },
        ...{ after: { kind: claim.kind, amountMinor: claim.amountMinor, correctedBy }, reason },
      });
  }
}
