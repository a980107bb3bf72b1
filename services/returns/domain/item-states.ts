import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Disposition, Item, ItemState } from './model.ts';

/**
 * The way of an item (domain.md, States). Beyond its arrows: an undeliverable parcel is not inspected, so its items
 * go from received to a proposal (A10); what is taken out of an open batch is held (C6); what is held waits for a
 * decision; a further parcel makes what is missing expected again (A6); and a reopened inspection makes what is in
 * the house graded (or, without a grade, received) again (B13).
 */
export const ITEM_TRANSITIONS: Record<ItemState, readonly ItemState[]> = {
  expected: ['received', 'missing'],
  received: ['graded', 'disposition_proposed'],
  missing: ['expected'],
  graded: ['graded', 'disposition_proposed'],
  disposition_proposed: ['graded', 'disposition_proposed', 'decided', 'received'],
  decided: [
    'graded',
    'disposition_proposed',
    'decided',
    'restocked',
    'in_rtv_batch',
    'disposed',
    'donated',
    'refurbishing',
    'on_hold',
  ],
  restocked: ['graded', 'received'],
  in_rtv_batch: ['returned_to_merchant', 'on_hold', 'graded', 'received'],
  returned_to_merchant: [],
  disposed: [],
  donated: [],
  refurbishing: ['graded', 'received'],
  on_hold: ['decided', 'graded', 'received'],
};

/** Nothing more happens to it. An item in a batch is on its way and comes to its end when the batch is dispatched. */
const ENDED: readonly ItemState[] = ['missing', 'restocked', 'returned_to_merchant', 'disposed', 'donated'];
export const hasEnded = (item: Item): boolean => ENDED.includes(item.state);

/** Where a decision leads. */
const STATE_AFTER: Record<Disposition, ItemState> = {
  restock: 'restocked',
  restock_b: 'restocked',
  refurbish: 'refurbishing',
  rtv: 'in_rtv_batch',
  dispose: 'disposed',
  donate: 'donated',
  hold: 'on_hold',
};

/**
 * The item after passing the given states one by one.
 * @throws RuleViolation `ITEM_TRANSITION_NOT_ALLOWED`
 */
export function advanceItem(item: Item, ...path: ItemState[]): Item {
  return path.reduce((at, to) => {
    if (!ITEM_TRANSITIONS[at.state].includes(to))
      throw new RuleViolation('ITEM_TRANSITION_NOT_ALLOWED', `An item cannot go from ${at.state} to ${to}`, {
        itemId: item.id,
        from: at.state,
        to,
      });
    return { ...at, state: to, quarantinedAt: null };
  }, item);
}

/**
 * A decided item where its decision leads.
 * @param at  when; what is held lies in quarantine from then on
 * @throws RuleViolation `ITEMS_NOT_INSPECTED`: what goes back to the merchant as unsellable needs a finding
 */
export function takeEffect(item: Item, at: Date): Item {
  if (item.disposition === 'rtv' && item.grade === null)
    throw new RuleViolation('ITEMS_NOT_INSPECTED', 'What goes back to the merchant needs a grade', {
      itemIds: [item.id],
    });
  return quarantined(advanceItem(item, STATE_AFTER[item.disposition!]), at);
}

/** The item with the start of its quarantine, when it is held. */
export const quarantined = (item: Item, at: Date): Item =>
  item.state === 'on_hold' ? { ...item, quarantinedAt: item.quarantinedAt ?? at } : item;
