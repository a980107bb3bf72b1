import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { advanceBatch } from '../domain/batch-states.ts';
import { setChecked } from '../persistence/batch-checks.ts';
import type { PackedItem } from '../persistence/batch-contents.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeBatch } from './batch-steps.ts';

type Actions = typeof returnsActions;

/**
 * Notes that an item of a closed batch was found, or was not after all. Saying the same again changes nothing.
 * @throws NotFound for an item that is not in the batch @throws RuleViolation `RTV_BATCH_NOT_CLOSING`
 */
export const checkBatchItem = (
  deps: ReturnsDeps,
  { id, itemId, checked }: InputOf<Actions['checkBatchItem']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, checked ? 'rtv-batch.item-checked' : 'rtv-batch.item-unchecked', async (change) => {
    const { em, batch, items, moment } = change;
    if (!items.some((item) => item.itemId === itemId)) throw new NotFound('item');
    if (batch.state !== 'closing')
      throw new RuleViolation(
        'RTV_BATCH_NOT_CLOSING',
        'Contents are checked after the batch is closed, before packing',
        {
          state: batch.state,
        },
      );
    await setChecked(em, batch, itemId, checked, moment);
    return { detail: { itemId } };
  });

/**
 * The contents are checked and packed.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`; `RTV_BATCH_NOT_CHECKED` with the items that were not found
 */
export const packBatch = (
  deps: ReturnsDeps,
  { id, withoutCheck }: InputOf<Actions['packBatch']>,
  actor: Actor,
): Promise<BatchView> =>
  changeBatch(deps, actor, id, 'rtv-batch.packed', ({ batch, items, moment }) => {
    const state = advanceBatch(batch.state, 'packed');
    const unchecked = items.filter(({ checkedAt }) => checkedAt === null);
    if (unchecked.length && !withoutCheck) throw notChecked(unchecked);
    Object.assign(batch, { state, packedAt: moment.at });
    return unchecked.length ? { detail: { unchecked: unchecked.map(({ itemId }) => itemId) } } : {};
  });

function notChecked(items: readonly PackedItem[]): RuleViolation {
  const type = 'RTV_BATCH_NOT_CHECKED';
  const errors = items.slice(0, 100).map(({ itemId, name, sku }) => ({
    path: `items.${itemId}`,
    code: type,
    message: `${name || sku} was not found yet`,
  }));
  return new RuleViolation(type, `${items.length} of the items were not checked`, {
    itemIds: items.map(({ itemId }) => itemId),
    errors,
  });
}
