import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { reopen } from '../domain/reopening.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Inspect again, as the next revision. Errors: domain/reopening.ts, and `RTV_BATCH_CLOSED`. */
export const reopenReturn = (
  deps: ReturnsDeps,
  { id, reason }: InputOf<typeof returnsActions.reopenReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel }) => ({ parcel: reopen(parcel), action: 'return.reopened', reason }));
