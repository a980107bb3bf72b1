import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { receive } from '../domain/receipt.ts';
import { announceReceipt } from '../facts.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** The parcel is here, whether or not anybody knows whose it is (A13). Errors: domain/receipt.ts. */
export const receiveReturn = (
  deps: ReturnsDeps,
  { id, carrier, trackingNumber, items }: InputOf<typeof returnsActions.receiveReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel, moment, announce }) => {
    const received = receive(parcel, { carrier, trackingNumber, counted: items }, moment, () => uuidv7(moment.at));
    announceReceipt(announce, parcel, received);
    return { parcel: received, action: 'return.received' };
  });
