import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { advance } from '../domain/return-states.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Calls off a return that has not arrived. @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED` */
export const cancelReturn = (
  deps: ReturnsDeps,
  { id, reason }: InputOf<typeof returnsActions.cancelReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel }) => ({
    parcel: parcel.state === 'cancelled' ? parcel : advance(parcel, 'cancelled'),
    action: 'return.cancelled',
    reason,
  }));
