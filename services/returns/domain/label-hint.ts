import type { Disposition, Item } from './model.ts';

/** Where a hand with the item in it puts it. */
export type Hint = Disposition | 'inspect' | 'expected';

/**
 * What the label of an item says about its way: what was decided or proposed, else that it waits to be inspected.
 * What is held lies in quarantine whatever was decided before.
 */
export function hintOf({ state, disposition }: Pick<Item, 'state' | 'disposition'>): Hint {
  if (state === 'expected' || state === 'missing') return 'expected';
  if (state === 'on_hold') return 'hold';
  return disposition ?? 'inspect';
}
