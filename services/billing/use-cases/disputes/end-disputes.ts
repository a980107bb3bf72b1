import { endDisputesOf } from '../../persistence/disputes/line-disputes.ts';
import type { StepTx } from '../runs/work-row.ts';

/** An invoice that is cancelled in full leaves nothing to dispute: what is open of it ends in the same transaction. */
export async function endDisputes(
  { em, audit }: StepTx,
  { id, merchantId }: { id: string; merchantId: string },
  cancelled: { by: string; at: Date },
): Promise<void> {
  for (const entityId of await endDisputesOf(em, id, cancelled))
    audit({ action: 'line-dispute.invoice-cancelled', entity: 'line-dispute', entityId, merchantId });
}
