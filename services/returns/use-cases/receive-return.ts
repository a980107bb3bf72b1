import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { receive } from '../domain/receipt.ts';
import { announceReceipt } from '../facts.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/**
 * A parcel is here, whether or not anybody knows whose it is (A13): the first one of the return or a further one (A6).
 * Errors: domain/receipt.ts.
 */
export const receiveReturn = (
  deps: ReturnsDeps,
  { id, items, ...receipt }: InputOf<typeof returnsActions.receiveReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel, policy: { inspectionHours }, moment, announce }) => {
    const newId = () => uuidv7(moment.at);
    const received = receive(parcel, { ...receipt, counted: items }, { moment, inspectionHours, newId });
    announceReceipt(announce, parcel, received);
    const came = received.parcels.at(-1);
    return {
      parcel: received,
      action: parcel.receivedAt === null ? 'return.received' : 'return.parcel-received',
      detail: { parcelId: came?.id, carrier: came?.carrier, trackingNumber: came?.trackingNumber },
    };
  });
