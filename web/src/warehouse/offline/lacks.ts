import type { Draft, Item, ReturnView, WaitingPhoto } from './model.ts';
import type { Settings } from './reference.ts';
import { repeatedSerials } from './serials.ts';
import { fits } from './suggestion.ts';

/** What is still missing before an inspection can end; the server asks for the same (`POST /returns/{id}/complete`). */
export interface Lacks {
  /** Nobody knows whose return it is, so it cannot be ended; all that was done is kept. */
  merchant: boolean;
  /** Goods that are here and have no finding yet. */
  ungraded: readonly Item[];
  silent: readonly Item[];
  /** The same serial number twice. */
  repeated: readonly Item[];
  /** How many photos which item needs beyond those it has. */
  photos: readonly { item: Item; missing: number }[];
  /** The whole return needs one (B2); it can be taken of these goods. */
  anyPhoto: boolean;
  photoOf: Item | null;
  /** Expected, and not here: they will be reported as missing. */
  absent: readonly Item[];
  /** Nothing was inspected: the parcel was empty, or nobody has begun. */
  nothingDone: boolean;
}

export interface Inspected {
  view: ReturnView;
  photos: readonly WaitingPhoto[];
}

/**
 * @param settings  of the merchant
 * @param groupOf   category of an article, which photo rules look at
 */
export function lacksOf(
  { view, photos: waiting }: Inspected,
  settings: Settings | undefined,
  groupOf: (sku: string | null) => string | null,
): Lacks {
  const here = view.items.filter(({ state }) => state !== 'expected' && state !== 'missing');
  const opened = view.kind !== 'undeliverable';
  const all = [...view.photos, ...waiting];
  const countOf = (itemId: string) => all.filter((photo) => photo.itemId === itemId).length;
  const needs = (item: Item) =>
    Math.max(
      0,
      ...(settings?.policy.photoRules ?? [])
        .filter((rule) => fits(rule, { ...item, articleGroup: groupOf(item.sku) }, view.kind))
        .map(({ minPhotos }) => minPhotos),
    );
  const graded = here.filter(({ grade }) => grade !== null);
  return {
    merchant: view.merchantId === null,
    ungraded: opened ? here.filter(({ grade }) => grade === null) : [],
    silent: graded.filter(({ note }) => note.trim() === ''),
    repeated: graded.filter(({ serialNumbers }) => repeatedSerials(serialNumbers).size > 0),
    photos: graded
      .map((item) => ({ item, missing: needs(item) - countOf(item.id) }))
      .filter(({ missing }) => missing > 0),
    anyPhoto: opened && all.length === 0,
    photoOf: graded[0] ?? null,
    absent: view.items.filter(({ state }) => state === 'expected'),
    nothingDone: here.length === 0,
  };
}

/** Pieces nobody has judged yet, whether they are here or still to be looked for. */
export const notInspected = ({ ungraded, absent }: Pick<Lacks, 'ungraded' | 'absent'>): number =>
  [...ungraded, ...absent].reduce((sum, { quantity }) => sum + quantity, 0);

/** Where in the form of an item something is lacking. */
export type Part = 'grade' | 'finding' | 'serials' | 'photos';

/** What keeps the inspection from ending and where that is mended, in the order of the form. */
export function firstLack({
  ungraded,
  silent,
  repeated,
  photos,
  anyPhoto,
  photoOf,
}: Lacks): { item: Item; part: Part } | undefined {
  if (ungraded[0]) return { item: ungraded[0], part: 'grade' };
  if (silent[0]) return { item: silent[0], part: 'finding' };
  if (repeated[0]) return { item: repeated[0], part: 'serials' };
  const item = photos[0]?.item ?? (anyPhoto ? photoOf : null);
  return item ? { item, part: 'photos' } : undefined;
}

export const isReady = (lacks: Lacks): boolean =>
  !lacks.merchant &&
  !lacks.ungraded.length &&
  !lacks.silent.length &&
  !lacks.repeated.length &&
  !lacks.photos.length &&
  !lacks.anyPhoto &&
  !lacks.nothingDone;

/** Whether a finding can be put down: a grade, the few words a merchant reads (B6), no serial number twice. */
export const isWritten = ({ grade, note, serialNumbers }: Draft): boolean =>
  grade !== undefined && note.trim() !== '' && repeatedSerials(serialNumbers).size === 0;

/** Of a parcel nobody knows, the label tells whose it is: its photo comes before any finding (A4). */
export const needsLabel = ({ view, photos }: Inspected): boolean =>
  view.merchantId === null && ![...view.photos, ...photos].some(({ kind }) => kind === 'label');
