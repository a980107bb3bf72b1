import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { hasBatchLimits } from '../domain/batch-limits.ts';
import { intoBatch, needsBatch } from '../domain/completion.ts';
import type { Moment, Return } from '../domain/model.ts';
import { joinOpenBatch } from '../persistence/batches.ts';

/** The return with what goes back to its merchant in the open batch; asked for only when there is something. */
export async function intoOpenBatch(
  em: EntityManager,
  parcel: Return,
  policy: ReturnPolicy,
  moment: Moment,
): Promise<Return> {
  if (!needsBatch(parcel)) return parcel;
  const limited = hasBatchLimits(policy);
  return intoBatch(parcel, await joinOpenBatch(em, { merchantId: parcel.merchantId!, limited }, moment));
}
