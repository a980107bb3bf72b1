import type { Item, Photo } from './model.ts';

/**
 * Whether a photo of an item shows these pieces: one of their own, and one of what they were split from that was here
 * before the split. Whatever was sent later shows the pieces that stayed behind, however alike they are.
 */
export const showsItem = (
  { itemId, uploadedAt }: Pick<Photo, 'itemId' | 'uploadedAt'>,
  { id, splitFrom, splitAt }: Pick<Item, 'id' | 'splitFrom' | 'splitAt'>,
): boolean => itemId !== null && (itemId === id || (itemId === splitFrom && splitAt !== null && uploadedAt < splitAt));
