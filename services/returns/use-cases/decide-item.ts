import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { decideOn } from './decide.ts';
import { changeOne } from './steps.ts';

/** Decides what becomes of an item. Errors: domain/decision.ts. */
export const decideItem = (
  deps: ReturnsDeps,
  { id, ...decision }: InputOf<typeof returnsActions.decideItem>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, (change) => decideOn(change, [decision], isStaff(actor) ? 'house' : 'merchant'));
