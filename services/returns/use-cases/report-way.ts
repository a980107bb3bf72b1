import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { advance } from '../domain/return-states.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

type Actions = typeof returnsActions;

/** The parcel is on its way; said again, it may name another tracking number. @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED` */
export const reportInTransit = (
  deps: ReturnsDeps,
  { id, carrier, trackingNumber }: InputOf<Actions['reportInTransit']>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel }) => {
    const given = { carrier: carrier ?? parcel.carrier, trackingNumber: trackingNumber ?? parcel.trackingNumber };
    const same = given.carrier === parcel.carrier && given.trackingNumber === parcel.trackingNumber;
    const known = parcel.state === 'in_transit';
    return {
      parcel: known && same ? parcel : { ...(known ? parcel : advance(parcel, 'in_transit')), ...given },
      action: 'return.in-transit',
      detail: given,
    };
  });

/** The parcel will not come. @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED` */
export const reportLost = (
  deps: ReturnsDeps,
  { id, reason }: InputOf<Actions['reportLost']>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel }) => ({
    parcel: parcel.state === 'lost' ? parcel : advance(parcel, 'lost'),
    action: 'return.lost',
    reason,
  }));
