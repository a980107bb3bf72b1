import { RuleViolation, invalidField } from '../../../shared/kernel/errors.ts';
import { advanceItem } from './item-states.ts';
import { itemOf, splitItem, withItems } from './items.ts';
import type { Item, Moment, Return } from './model.ts';
import { advance, assertReturnIs, UNDER_INSPECTION } from './return-states.ts';

export interface Receipt {
  carrier?: string | undefined;
  trackingNumber?: string | undefined;
  /** Pieces counted at the door; an expected item may be counted in part. */
  counted?: readonly { itemId: string; quantity: number }[] | undefined;
}

/**
 * The parcel is here. Expected pieces that nobody counts now count as they are inspected; an undeliverable parcel
 * comes back as it left, so all of it has come.
 * @param newId  ids of the parts of items that came in part
 * @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED`
 * @throws InvalidInput when more pieces are counted than expected; what comes on top is an item of its own
 */
export function receive(parcel: Return, receipt: Receipt, moment: Moment, newId: () => string): Return {
  const received: Return = {
    ...advance(parcel, 'received'),
    carrier: receipt.carrier ?? parcel.carrier,
    trackingNumber: receipt.trackingNumber ?? parcel.trackingNumber,
    receivedAt: moment.at,
    receivedOn: moment.on,
  };
  const all = parcel.items.map(({ id, quantity }) => ({ itemId: id, quantity }));
  const counted = receipt.counted ?? (parcel.kind === 'undeliverable' ? all : []);
  if (new Set(counted.map(({ itemId }) => itemId)).size !== counted.length)
    throw invalidField('items', 'ITEM_COUNTED_TWICE', 'Every item can be counted once');
  return counted.reduce((at, { itemId, quantity }, index) => {
    const item = itemOf(at, itemId);
    if (quantity > item.quantity)
      throw invalidField(
        `items.${index}.quantity`,
        'TOO_MANY',
        `${item.quantity} are expected; record what comes on top as an item of its own`,
      );
    const { part, rest } = splitItem(item, quantity, newId);
    return withItems(at, [advanceItem(part, 'received'), ...rest]);
  }, received);
}

/**
 * Goods in the parcel that nobody expected, or that belong to someone else. A free text is enough (A3).
 * @throws InvalidInput `ITEM_UNNAMED` @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `TOO_MANY_ITEMS`
 */
export function addFound(
  parcel: Return,
  found: Pick<Item, 'id' | 'origin' | 'sku' | 'name' | 'quantity'>,
  maxItems = 1_000,
): Return {
  assertReturnIs(parcel, UNDER_INSPECTION, 'given more items');
  if (found.sku === null && found.name.trim() === '')
    throw invalidField('name', 'ITEM_UNNAMED', 'Give the article code, or say what it is');
  if (parcel.items.length >= maxItems)
    throw new RuleViolation('TOO_MANY_ITEMS', `A return has at most ${maxItems} items`);
  const position = Math.max(0, ...parcel.items.map((item) => item.position)) + 1;
  return withItems(parcel, [{ ...newItem(found.id, position), ...found, state: 'received' }]);
}

/** An item that is expected and nothing else is known of. */
export const newItem = (id: string, position: number): Item => ({
  id,
  position,
  splitFrom: null,
  origin: 'expected',
  sku: null,
  name: '',
  quantity: 1,
  state: 'expected',
  grade: null,
  reason: null,
  note: '',
  disposition: null,
  dispositionSource: null,
  dispositionReason: null,
  suggestedDisposition: null,
  rtvBatchId: null,
  inspectedAt: null,
  inspectedBy: null,
  serialNumbers: [],
  serialMismatch: false,
  batchNumber: null,
  bestBefore: null,
  recordedAs: null,
  overReturnReason: null,
  checklist: null,
  suggestedGrade: null,
  askedAt: null,
  decisionDueAt: null,
  decisionDefault: null,
  quarantinedAt: null,
  insteadOf: null,
  bundleOf: null,
});
