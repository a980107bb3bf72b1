import { useState } from 'react';

/** An item with a key that stays with it while it is changed and moved. */
export interface Keyed<Item> {
  key: number;
  item: Item;
}

/**
 * Keys for items that have none of their own, so that the fields of a row keep their focus when it moves.
 * @param items  as they are kept elsewhere; when they are replaced from outside, they get new keys
 */
export function useKeyed<Item>(items: readonly Item[], onChange: (items: Item[]) => void) {
  const [state, setState] = useState(() => fresh(items, 0));
  const rows = isSame(state.rows, items) ? state.rows : fresh(items, state.next).rows;
  const apply = (changed: Keyed<Item>[], next = Math.max(state.next, ...changed.map(({ key }) => key + 1))) => {
    setState({ rows: changed, next });
    onChange(changed.map(({ item }) => item));
  };
  return {
    rows,
    actions: {
      /** @returns the key of the new row */
      add: (item: Item): number => {
        const key = Math.max(state.next, ...rows.map((row) => row.key + 1));
        apply([...rows, { key, item }], key + 1);
        return key;
      },
      replace: (index: number, item: Item) => apply(rows.map((row, at) => (at === index ? { ...row, item } : row))),
      remove: (index: number) => apply(rows.filter((_, at) => at !== index)),
      move: (from: number, to: number) => {
        const rest = rows.filter((_, at) => at !== from);
        apply([...rest.slice(0, to), rows[from]!, ...rest.slice(to)]);
      },
    },
  };
}

const isSame = <Item>(rows: readonly Keyed<Item>[], items: readonly Item[]) =>
  rows.length === items.length && rows.every(({ item }, index) => item === items[index]);

const fresh = <Item>(items: readonly Item[], from: number) => ({
  rows: items.map((item, index): Keyed<Item> => ({ key: from + index, item })),
  next: from + items.length,
});
