import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { withInspectionCharged } from '../domain/charged.ts';
import { completeInspection } from '../domain/completion.ts';
import { announceInspection, announceQuestions } from '../facts.ts';
import { intakePaidElsewhere } from '../persistence/intake-elsewhere.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { withCheckedSerials } from './check-serials.ts';
import { intoOpenBatch } from './into-open-batch.ts';
import { changeOne } from './steps.ts';

/** Ends the inspection; every item goes its way, or its merchant is asked. Errors: domain/completion.ts. */
export const completeReturn = (
  deps: ReturnsDeps,
  { id, nothingInside }: InputOf<typeof returnsActions.completeReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async (change) => {
    const { parcel, photos, rules, policy, groups, em, moment, announce } = change;
    const evidence = { photos, nothingInside: nothingInside === true };
    const inspected = completeInspection(
      await withCheckedSerials(em, parcel),
      { rules, policy, groups },
      evidence,
      moment,
    );
    // before the batch: whoever holds that waits for nothing
    const paidElsewhere = change.hasFamily ? await intakePaidElsewhere(em, parcel) : 0;
    const settled = await intoOpenBatch(em, inspected, policy, moment);
    announceInspection(announce, settled, photos, { policy, groups }, paidElsewhere);
    announceQuestions(announce, settled, photos, policy);
    return {
      parcel: withInspectionCharged(settled, {
        earlierStay: policy.reopenedCharges === 'keep',
        paidElsewhere,
        photos,
      }),
      action: 'return.inspected',
      detail: {
        ...(nothingInside ? { nothingInside } : {}),
        items: settled.items.map(({ id: itemId, state, disposition, decisionDueAt }) => ({
          ...{ itemId, state, disposition },
          ...(decisionDueAt ? { decisionDueAt } : {}),
        })),
      },
    };
  });
