import { isStaff, type Actor } from '../../shared/protocol/actor.ts';
import type { PhotoView, ReturnSummary, ReturnView } from '../../shared/protocol/returns/views.ts';
import { differencesOf } from './domain/differences.ts';
import { piecesOf } from './domain/items.ts';
import type { Item, Photo, Return, ReturnFacts } from './domain/model.ts';
import { isForeign, photosForMerchant, toldToMerchant } from './domain/not-theirs.ts';
import type { ReturnHead } from './persistence/lists.ts';
import type { PhotoLinks } from './photo-links.ts';

/** What the API shows of returns and photos. */

/** @param reader  people who are not of the house are not told whose goods came in a return that are not theirs */
export function returnView(
  whole: Return,
  allPhotos: readonly Photo[],
  links: PhotoLinks,
  reader: Pick<Actor, 'scope'>,
): ReturnView {
  const inHouse = isStaff(reader);
  const parcel = inHouse ? whole : { ...whole, items: whole.items.map(inMerchantsView) };
  const photos = inHouse ? allPhotos : photosForMerchant(allPhotos, whole.items);
  return {
    ...factsOf(parcel),
    note: parcel.note,
    outcomeNote: parcel.outcomeNote,
    outcomeBy: parcel.outcomeBy,
    outcomeAt: iso(parcel.outcomeAt),
    items: parcel.items.map(itemView),
    photos: photos.map((photo) => photoView(photo, links)),
    pieces: {
      expected: piecesOf(parcel.items, ({ origin }) => origin === 'expected'),
      received: piecesOf(parcel.items, ({ state }) => state !== 'expected' && state !== 'missing'),
      missing: piecesOf(parcel.items, ({ state }) => state === 'missing'),
      unexpected: piecesOf(parcel.items, ({ origin }) => origin === 'unexpected'),
      foreign: piecesOf(parcel.items, ({ origin }) => origin === 'foreign'),
    },
    lines: differencesOf(parcel),
    parcels: parcel.parcels.map(({ receivedAt, ...came }) => ({ ...came, receivedAt: receivedAt.toISOString() })),
    lock: parcel.lock && { ...parcel.lock, expiresAt: parcel.lock.expiresAt.toISOString() },
  };
}

/** A grade is a finding too. */
const inMerchantsView = (item: Item): Item => (isForeign(item) ? { ...toldToMerchant(item), grade: null } : item);

export const returnSummary = (head: ReturnHead): ReturnSummary => ({
  ...factsOf(head),
  pieces: head.pieces,
  photos: head.photos,
});

export const photoView = (photo: Photo, links: PhotoLinks): PhotoView => ({
  id: photo.id,
  returnId: photo.returnId,
  itemId: photo.itemId,
  kind: photo.kind,
  clientPhotoId: photo.clientPhotoId,
  sha256: photo.sha256,
  bytes: photo.bytes,
  width: photo.width,
  height: photo.height,
  takenAt: iso(photo.takenAt),
  uploadedAt: photo.uploadedAt.toISOString(),
  links: links(photo.id),
});

const itemView = (item: Item): ReturnView['items'][number] => ({
  id: item.id,
  splitFrom: item.splitFrom,
  splitAt: iso(item.splitAt),
  origin: item.origin,
  sku: item.sku,
  name: item.name,
  quantity: item.quantity,
  state: item.state,
  grade: item.grade,
  reason: item.reason,
  externalReason: item.externalReason,
  note: item.note,
  disposition: item.disposition,
  dispositionSource: item.dispositionSource,
  dispositionReason: item.dispositionReason,
  suggestedDisposition: item.suggestedDisposition,
  rtvBatchId: item.rtvBatchId,
  inspectedAt: iso(item.inspectedAt),
  serialNumbers: [...item.serialNumbers],
  serialMismatch: item.serialMismatch,
  batchNumber: item.batchNumber,
  bestBefore: item.bestBefore,
  recordedAs: item.recordedAs,
  overReturnReason: item.overReturnReason,
  checklist: item.checklist && [...item.checklist],
  suggestedGrade: item.suggestedGrade,
  askedAt: iso(item.askedAt),
  decisionDueAt: iso(item.decisionDueAt),
  decisionDefault: item.decisionDefault,
  quarantinedAt: iso(item.quarantinedAt),
  insteadOf: item.insteadOf,
  bundleOf: item.bundleOf,
});

const factsOf = (parcel: ReturnFacts): Omit<ReturnSummary, 'pieces' | 'photos'> => ({
  id: parcel.id,
  version: parcel.version,
  number: parcel.number,
  merchantId: parcel.merchantId,
  kind: parcel.kind,
  state: parcel.state,
  matchState: parcel.matchState,
  channel: parcel.channel,
  externalNumber: parcel.externalNumber,
  orderId: parcel.orderId,
  orderNumber: parcel.orderNumber,
  carrier: parcel.carrier,
  trackingNumber: parcel.trackingNumber,
  revision: parcel.revision,
  receivedAt: iso(parcel.receivedAt),
  receivedOn: parcel.receivedOn,
  inspectedAt: iso(parcel.inspectedAt),
  inspectedOn: parcel.inspectedOn,
  completedAt: iso(parcel.completedAt),
  parentId: parcel.parentId,
  inspectionDueAt: iso(parcel.inspectionDueAt),
  decisionDueAt: iso(parcel.decisionDueAt),
  outcome: parcel.outcome,
  outcomeAmount:
    parcel.outcomeAmountMinor === null ? null : { amountMinor: parcel.outcomeAmountMinor, currency: 'EUR' },
  createdAt: parcel.createdAt.toISOString(),
  updatedAt: parcel.updatedAt.toISOString(),
});

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** The place of a row in a list that is ordered by creation. */
export const createdCursor = ({ createdAt, id }: { createdAt: Date; id: string }): string[] => [
  createdAt.toISOString(),
  id,
];
