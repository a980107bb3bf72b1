import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { intoBatch, needsBatch } from '../domain/completion.ts';
import type { Moment, Return } from '../domain/model.ts';
import { joinOpenBatch } from '../persistence/batches.ts';

/** The return with what goes back to its merchant in the open batch; asked for only when there is something. */
export const intoOpenBatch = async (em: EntityManager, parcel: Return, moment: Moment): Promise<Return> =>
  needsBatch(parcel) ? intoBatch(parcel, await joinOpenBatch(em, parcel.merchantId!, moment)) : parcel;
