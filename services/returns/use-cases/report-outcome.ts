import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { withOutcome, type Reporter } from '../domain/outcome.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Tells what the consumer gets (C16), in any state of the return. Errors: domain/outcome.ts. */
export const reportOutcome = (
  deps: ReturnsDeps,
  { id, ...given }: InputOf<typeof returnsActions.reportOutcome>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel, moment }) => ({
    parcel: withOutcome(parcel, given, reporterOf(actor), moment.at),
    action: 'return.outcome-reported',
    detail: given,
  }));

/** The house, a user of the merchant, or a system of the merchant. */
export const reporterOf = (actor: Actor): Reporter =>
  isStaff(actor) ? 'warehouse' : actor.kind === 'apiKey' ? 'shop' : 'merchant';
