import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { fits, groupOf, type Handling } from './disposition-rules.ts';
import type { Item, Photo, Return } from './model.ts';
import { showsItem } from './photos-shown.ts';

/** A photo of an item shows what was split off it later, too. */
export type Evidence = Pick<Photo, 'kind'> & (Pick<Photo, 'itemId' | 'uploadedAt'> | { itemId: null });

/** An item with too few photos. */
interface Lack {
  item: Item;
  needed: number;
  present: number;
}

/**
 * Every inspected return has a photo, unless nobody could deliver it, and every item as many as the merchant's rules
 * say; of those that fit the highest number counts (B2).
 * @param items  those to look at: inspected, and still here
 * @throws RuleViolation `RETURN_PHOTO_MISSING`, with the items in `errors` and how many each needs
 */
export function assertPhotos(
  parcel: Pick<Return, 'kind' | 'items'>,
  items: readonly Item[],
  photos: readonly Evidence[],
  handling: Pick<Handling, 'policy' | 'groups'>,
): void {
  const alone = parcel.items.filter(({ state }) => state !== 'expected' && state !== 'missing').length === 1;
  const counted = items.map((item) => ({
    item,
    needed: photosNeeded(item, parcel.kind, handling),
    present: photosOf(item, photos, alone),
  }));
  if (parcel.kind !== 'undeliverable' && !photos.length)
    throw missing(
      'An inspected return needs at least one photo',
      counted.map((lack) => ({ ...lack, needed: Math.max(1, lack.needed) })),
    );
  const lacks = counted.filter(({ needed, present }) => present < needed);
  if (lacks.length) throw missing('Some items need more photos', lacks);
}

/** What the rules of the merchant ask for one item; 0 when none fits. */
export const photosNeeded = (
  item: Item,
  kind: Return['kind'],
  { policy, groups }: Pick<Handling, 'policy' | 'groups'>,
): number =>
  Math.max(
    0,
    ...policy.photoRules
      .filter((rule) => fits(rule, item, kind, groupOf(groups, item)))
      .map(({ minPhotos }) => minPhotos),
  );

/**
 * Photos that show an item, those of the line it was split off included (`showsItem`). One of the parcel shows it when
 * it was alone in there; one of the label never does.
 */
export const photosOf = (
  item: Pick<Item, 'id' | 'splitFrom' | 'splitAt'>,
  photos: readonly Evidence[],
  alone: boolean,
): number =>
  photos.filter((photo) => (photo.itemId === null ? alone && photo.kind !== 'label' : showsItem(photo, item))).length;

function missing(message: string, lacks: readonly Lack[]): RuleViolation {
  const errors = lacks.slice(0, 100).map(({ item, needed, present }) => ({
    path: `items.${item.id}`,
    code: 'RETURN_PHOTO_MISSING',
    message: `It needs ${needed} and has ${present}`,
  }));
  return new RuleViolation('RETURN_PHOTO_MISSING', message, {
    itemIds: lacks.map(({ item }) => item.id),
    needed: lacks.map(({ item, needed, present }) => ({ itemId: item.id, needed, present })),
    errors,
  });
}
