import { sql } from '../../../shared/persistence/sql.ts';
import type { Item, Lock, Parcel, Photo, Return, ReturnFacts } from '../domain/model.ts';

/** A row as `to_jsonb` gives it: snake case, instants and days as text. */
export type JsonRow = Record<string, unknown>;

const HEAD = [
  'id',
  'merchantId',
  'version',
  'number',
  'kind',
  'state',
  'matchState',
  'channel',
  'externalNumber',
  'orderId',
  'orderNumber',
  'carrier',
  'trackingNumber',
  'note',
  'revision',
  'chargeRevision',
  'chargedParcels',
  'chargedIntake',
  'chargedOn',
  'chargedPhotos',
  'announcedAt',
  'receivedAt',
  'receivedOn',
  'inspectedAt',
  'inspectedOn',
  'completedAt',
  'parentId',
  'inspectionDueAt',
  'decisionDueAt',
  'outcome',
  'outcomeAmountMinor',
  'outcomeNote',
  'outcomeBy',
  'outcomeAt',
  'contentHash',
  'createdAt',
  'updatedAt',
] as const satisfies readonly (keyof ReturnFacts)[];

const ITEM = [
  'id',
  'position',
  'splitFrom',
  'splitAt',
  'origin',
  'sku',
  'name',
  'quantity',
  'state',
  'grade',
  'reason',
  'externalReason',
  'note',
  'disposition',
  'dispositionSource',
  'dispositionReason',
  'suggestedDisposition',
  'rtvBatchId',
  'inspectedAt',
  'inspectedBy',
  'serialNumbers',
  'serialMismatch',
  'batchNumber',
  'bestBefore',
  'recordedAs',
  'overReturnReason',
  'checklist',
  'suggestedGrade',
  'askedAt',
  'decisionDueAt',
  'decisionDefault',
  'chargedAs',
  'inspectionCharged',
  'quarantinedAt',
  'insteadOf',
  'bundleOf',
] as const satisfies readonly (keyof Item)[];

const PHOTO = [
  'id',
  'returnId',
  'itemId',
  'kind',
  'clientPhotoId',
  'sha256',
  'fullKey',
  'webKey',
  'thumbKey',
  'bytes',
  'width',
  'height',
  'takenAt',
  'uploadedAt',
] as const satisfies readonly (keyof Photo)[];

const PARCEL = [
  'id',
  'carrier',
  'trackingNumber',
  'receivedAt',
  'receivedOn',
] as const satisfies readonly (keyof Parcel)[];

// a field of the model without a column does not compile
type Missing =
  | Exclude<keyof Parcel, (typeof PARCEL)[number]>
  | Exclude<keyof ReturnFacts, (typeof HEAD)[number]>
  | Exclude<keyof Item, (typeof ITEM)[number]>
  | Exclude<keyof Photo, (typeof PHOTO)[number]>;
const complete: [Missing] extends [never] ? true : Missing = true;
void complete;

const snake = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const listOf = (columns: readonly string[]) => sql.raw(columns.map(snake).join(', '));

/** Column lists for SQL; constants of this file, never input. */
export const headColumns = listOf(HEAD);
export const headColumnsButNumber = listOf(HEAD.filter((column) => column !== 'number'));
export const itemColumns = listOf(ITEM);
export const parcelColumns = listOf(PARCEL);
export const itemAssignments = sql.raw(
  [...ITEM.filter((column) => column !== 'id'), 'merchantId']
    .map((c) => `${snake(c)} = excluded.${snake(c)}`)
    .join(', '),
);

export const headOf = (row: JsonRow): ReturnFacts => fromRow(row, HEAD) as unknown as ReturnFacts;
export const itemOfRow = (row: JsonRow): Item => fromRow(row, ITEM) as unknown as Item;
export const photoOf = (row: JsonRow): Photo => fromRow(row, PHOTO) as unknown as Photo;

export const parcelOf = (row: JsonRow): Parcel => fromRow(row, PARCEL) as unknown as Parcel;
export const lockOf = (head: JsonRow): Lock | null =>
  head['locked_by'] === null
    ? null
    : {
        userId: String(head['locked_by']),
        name: String(head['lock_name']),
        expiresAt: new Date(String(head['locked_until'])),
      };

/** Rows for `jsonb_populate_recordset`. */
export const headRow = (parcel: Return): JsonRow => toRow(parcel, HEAD);
export const itemRow = (parcel: Return, item: Item): JsonRow => ({
  ...toRow(item, ITEM),
  return_id: parcel.id,
  merchant_id: parcel.merchantId,
});

export const photoRow = (photo: Photo): JsonRow => toRow(photo, PHOTO);

export const parcelRow = (parcel: Return, came: Parcel): JsonRow => ({
  ...toRow(came, PARCEL),
  return_id: parcel.id,
  merchant_id: parcel.merchantId,
});

function fromRow(row: JsonRow, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column) => {
      const value = row[snake(column)] ?? null;
      return [column, column.endsWith('At') && typeof value === 'string' ? new Date(value) : value];
    }),
  );
}

function toRow(value: object, columns: readonly string[]): JsonRow {
  return Object.fromEntries(columns.map((column) => [snake(column), (value as Record<string, unknown>)[column]]));
}
