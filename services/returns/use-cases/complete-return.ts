import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { completeInspection, intoBatch, needsBatch } from '../domain/completion.ts';
import { announceInspection } from '../facts.ts';
import { joinOpenBatch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Ends the inspection; every item goes its way. Errors: domain/completion.ts. */
export const completeReturn = (
  deps: ReturnsDeps,
  { id, nothingInside }: InputOf<typeof returnsActions.completeReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async ({ parcel, rules, photos, em, moment, announce }) => {
    const inspected = completeInspection(
      parcel,
      rules,
      { photos: photos.length, nothingInside: nothingInside === true },
      moment,
    );
    const settled = needsBatch(inspected)
      ? intoBatch(inspected, await joinOpenBatch(em, inspected.merchantId!, moment))
      : inspected;
    announceInspection(announce, settled, photos);
    return {
      parcel: settled,
      action: 'return.inspected',
      detail: {
        ...(nothingInside ? { nothingInside } : {}),
        items: settled.items.map(({ id: itemId, state, disposition }) => ({ itemId, state, disposition })),
      },
    };
  });
