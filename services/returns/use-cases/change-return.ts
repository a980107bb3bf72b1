import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import type { Return, ReturnState } from '../domain/model.ts';
import { assertReturnIs, BEFORE_ARRIVAL } from '../domain/return-states.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

type Input = InputOf<typeof returnsActions.changeReturn>;

const UNTIL_COMPLETED: readonly ReturnState[] = [
  ...BEFORE_ARRIVAL,
  'received',
  'inspecting',
  'inspected',
  'awaiting_decision',
  'processing',
];

/**
 * Corrects what is known of a return; merchants may until the goods arrive.
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `RETURN_KIND_FIXED`
 */
export const changeReturn = (deps: ReturnsDeps, { id, ...input }: Input, actor: Actor): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel }) => {
    assertReturnIs(parcel, isStaff(actor) ? UNTIL_COMPLETED : BEFORE_ARRIVAL, 'changed');
    if (input.kind !== undefined && input.kind !== parcel.kind) assertKindMayChange(parcel, input.kind);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const { kind, carrier, trackingNumber, note } = { ...parcel, ...given } as Return;
    return {
      parcel: { ...parcel, kind, carrier, trackingNumber, note },
      action: 'return.changed',
      detail: given,
    };
  });

/** The kind decides the fee: of the inspection, and for undeliverable parcels of the receipt. */
function assertKindMayChange(parcel: Return, kind: Return['kind']): void {
  const charged = parcel.receivedAt !== null && [kind, parcel.kind].includes('undeliverable');
  if (charged || parcel.inspectedAt !== null || parcel.chargedOn !== null)
    throw new RuleViolation('RETURN_KIND_FIXED', 'Its kind was already told or charged');
}
