import type { z } from 'zod';
import { date } from '../../../../shared/documents/formats.ts';
import type { returnInspectedV1 } from '../../../../shared/protocol/returns/events.ts';
import { choosePhotos } from '../../domain/photo-choice.ts';
import type { Values } from '../fill.ts';
import type { PhotoRef } from '../photos.ts';
import { readerValues } from '../render.ts';
import type { Reader } from '../template.ts';
import { WORDS } from '../words.ts';

export type Inspected = z.output<typeof returnInspectedV1.payload>;
export type InspectedItem = Inspected['items'][number];

/** Photos shown inside one mail; with 320 pixels each a mail stays below a megabyte. */
export const MAX_PHOTOS = 12;
/** Mail programs cut a mail off at about 100 kB of HTML. */
export const MAX_ITEMS = 40;

export interface ReturnInspectedView {
  /** What the texts may name. */
  values: Values;
  items: { item: InspectedItem; shown: PhotoRef[] }[];
  unlisted: number;
  parcel: { all: readonly PhotoRef[]; shown: PhotoRef[] };
}

/** What the mail about an inspected return shows. */
export function returnInspectedView(payload: Inspected, reader: Reader): ReturnInspectedView {
  const listed = payload.items.slice(0, MAX_ITEMS);
  const chosen = choosePhotos([...listed.map(({ photos }) => photos), payload.photos], MAX_PHOTOS);
  const pieces = payload.items.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    values: {
      ...readerValues(reader),
      return: {
        number: payload.number,
        order: payload.orderNumber ?? WORDS[reader.language].none,
        kind: WORDS[reader.language].kinds[payload.kind],
        inspectedOn: date(payload.inspectedOn, reader.language),
        pieces: String(pieces),
      },
    },
    items: listed.map((item, index) => ({ item, shown: chosen[index]! })),
    unlisted: payload.items.length - listed.length,
    parcel: { all: payload.photos, shown: chosen.at(-1)! },
  };
}
