import { NotFound } from '../../../shared/kernel/errors.ts';
import type { Item, Return } from './model.ts';

/** @throws NotFound for an item of another return */
export function itemOf(parcel: Return, itemId: string): Item {
  const item = parcel.items.find(({ id }) => id === itemId);
  if (!item) throw new NotFound('item');
  return item;
}

/** The return with items replaced by their id, and new ones behind them. */
export function withItems(parcel: Return, changed: readonly Item[]): Return {
  const byId = new Map(changed.map((item) => [item.id, item]));
  const known = new Set(parcel.items.map(({ id }) => id));
  return {
    ...parcel,
    items: [...parcel.items.map((item) => byId.get(item.id) ?? item), ...changed.filter(({ id }) => !known.has(id))],
  };
}

/**
 * Takes pieces out of an item. All of them are the item itself; fewer are a new item, and the rest keeps id and state.
 * The sum of the pieces stays what it was.
 * @param quantity  1 to the item's quantity
 * @param at  when the part was split off
 * @throws RangeError outside of that
 */
export function splitItem(item: Item, quantity: number, newId: () => string, at: Date): { part: Item; rest: Item[] } {
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > item.quantity)
    throw new RangeError(`${quantity} of ${item.quantity} pieces`);
  if (quantity === item.quantity) return { part: item, rest: [] };
  return {
    part: { ...item, id: newId(), splitFrom: item.id, splitAt: at, quantity },
    rest: [{ ...item, quantity: item.quantity - quantity }],
  };
}

/** Pieces of all items that a test holds for. */
export const piecesOf = (items: readonly Item[], holds: (item: Item) => boolean = () => true): number =>
  items.filter(holds).reduce((sum, { quantity }) => sum + quantity, 0);
