import { isWritten, type Inspected } from './lacks.ts';
import type { Draft, Item } from './model.ts';

/**
 * A return as it will be when all that is begun is put down, which the last step does: what is written counts, for as
 * many pieces as it is about. The others stay as they are, so that nobody loses sight of them.
 */
export function asWritten({ view, photos }: Inspected, draftOf: (item: Item) => Draft): Inspected {
  const partOf = new Map<string, string>();
  const items = view.items.flatMap((item) => {
    const parts = withDraft(item, draftOf(item));
    if (parts.length > 1) partOf.set(item.id, parts[0]!.id);
    return parts;
  });
  // photos that wait for a finding go with it
  const moved = photos.map((photo) => {
    const itemId = photo.held && photo.itemId !== null ? (partOf.get(photo.itemId) ?? photo.itemId) : photo.itemId;
    return { ...photo, itemId };
  });
  return { view: { ...view, items }, photos: moved };
}

/** The item on the screen that a part of {@link asWritten} belongs to. */
export const itemOnScreen = (items: readonly Item[], part: Pick<Item, 'id' | 'splitFrom'>): string =>
  items.some(({ id }) => id === part.id) ? part.id : (part.splitFrom ?? part.id);

/** The part that is written about, then the pieces that are not. A grade without words is a finding that says nothing. */
function withDraft(item: Item, draft: Draft): Item[] {
  if (item.grade !== null || draft.grade === undefined) return [item];
  const { grade, note, serialNumbers, reason = null } = draft;
  const quantity = Math.min(draft.quantity, item.quantity);
  const graded = { ...item, quantity, grade, note, serialNumbers, reason, state: 'disposition_proposed' as const };
  if (quantity === item.quantity || !isWritten(draft)) return [graded];
  return [
    { ...graded, id: draft.partId, splitFrom: item.id },
    { ...item, quantity: item.quantity - quantity },
  ];
}
