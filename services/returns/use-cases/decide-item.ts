import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { intoBatch, needsBatch } from '../domain/completion.ts';
import { decide } from '../domain/decision.ts';
import { itemOf } from '../domain/items.ts';
import { announceSettled } from '../facts.ts';
import { joinOpenBatch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Decides by hand what becomes of an item. Errors: domain/decision.ts. */
export const decideItem = (
  deps: ReturnsDeps,
  { id, ...decision }: InputOf<typeof returnsActions.decideItem>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async ({ parcel, rules, em, moment, announce }) => {
    const decided = decide(parcel, decision, { at: moment.at, rules, merchant: !isStaff(actor) });
    const item = itemOf(decided, decision.itemId);
    announceSettled(announce, decided, item, moment);
    return {
      parcel: needsBatch(decided) ? intoBatch(decided, await joinOpenBatch(em, parcel.merchantId!, moment)) : decided,
      action: 'item.decided',
      reason: item.dispositionReason ?? undefined,
      detail: { item: { id: item.id, disposition: item.disposition, from: itemOf(parcel, item.id).disposition } },
    };
  });
