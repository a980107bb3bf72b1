import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { advanceItem, hasEnded } from './item-states.ts';
import type { Item, Return } from './model.ts';
import { unasked } from './questions.ts';
import { advance } from './return-states.ts';

/**
 * Opens a completed inspection again as the next revision (B13). What is in the house can be inspected again and
 * leaves its open batch, and what its merchant was asked is asked no more; what was disposed of or donated stays what
 * it is. Goods in a closed batch forbid it.
 * @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED`, `RETURN_GOODS_LEFT`, `RETURN_NOTHING_TO_REOPEN`
 */
export function reopen(parcel: Return): Return {
  if (parcel.state === 'received' || parcel.state === 'inspecting')
    throw new RuleViolation('RETURN_TRANSITION_NOT_ALLOWED', 'Its inspection has not ended', {
      from: parcel.state,
      to: 'inspecting',
    });
  const reopened = advance(parcel, 'inspecting');
  if (parcel.items.some(({ state }) => state === 'returned_to_merchant'))
    throw new RuleViolation('RETURN_GOODS_LEFT', 'Some of its goods are already on the way to the merchant');
  const items = parcel.items.map(backToInspection);
  if (items.every((item, index) => item === parcel.items[index]))
    throw new RuleViolation('RETURN_NOTHING_TO_REOPEN', 'None of its goods is in the house any more');
  return {
    ...reopened,
    items,
    revision: parcel.revision + 1,
    chargeRevision: parcel.chargeRevision + 1,
    inspectedAt: null,
    inspectedOn: null,
    completedAt: null,
    decisionDueAt: null,
  };
}

function backToInspection(item: Item): Item {
  if (hasEnded(item) && item.state !== 'restocked') return item;
  return {
    ...advanceItem(unasked(item), item.grade === null ? 'received' : 'graded'),
    rtvBatchId: null,
    disposition: null,
    dispositionSource: null,
    dispositionReason: null,
  };
}
