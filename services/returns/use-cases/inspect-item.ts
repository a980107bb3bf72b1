import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { inspect } from '../domain/inspection.ts';
import type { Item, Return } from '../domain/model.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

type Input = InputOf<typeof returnsActions.inspectItem>;

/** Records the finding for some pieces of an item. Errors: domain/inspection.ts, and `ITEM_ID_TAKEN` for the part. */
export const inspectItem = (deps: ReturnsDeps, { id, ...input }: Input, actor: Actor): Promise<ReturnView> =>
  changeOne(deps, actor, id, ({ parcel, rules, moment }) => {
    const finding = { ...input, itemId: splitBefore(parcel, input) ?? input.itemId, reason: input.reason ?? null };
    const inspected = inspect(parcel, finding, rules, moment, () => input.partId ?? uuidv7(moment.at));
    return {
      parcel: inspected.parcel,
      action: 'item.inspected',
      reason: inspected.item.dispositionReason ?? undefined,
      detail: { item: traceOf(inspected.item) },
    };
  });

/** A repeated request finds the part it split off and corrects it, instead of splitting once more. */
function splitBefore(parcel: Return, { itemId, partId, quantity }: Omit<Input, 'id'>): string | undefined {
  const part = parcel.items.find(({ id }) => id === partId);
  if (!part || part.id === itemId) return undefined;
  if (part.splitFrom !== itemId || part.quantity !== quantity)
    throw new RuleViolation('ITEM_ID_TAKEN', 'An item with this id exists already');
  return part.id;
}

const traceOf = ({ id, splitFrom, quantity, grade, disposition, dispositionSource }: Item) => ({
  id,
  splitFrom,
  quantity,
  grade,
  disposition,
  dispositionSource,
});
