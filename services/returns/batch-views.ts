import { isStaff, type Actor } from '../../shared/protocol/actor.ts';
import type { BatchItem, BatchSummary, BatchView, DisputeView } from '../../shared/protocol/returns/batch-views.ts';
import type { Dispute } from './domain/batch-disputes.ts';
import { totalsOf } from './domain/batch-limits.ts';
import { nextClosing, type RtvSchedule } from './domain/batch-schedule.ts';
import { labelCode } from './domain/label-code.ts';
import type { BatchFigures, PackedItem } from './persistence/batch-contents.ts';
import type { Batch } from './persistence/batches.ts';
import type { PhotoLinks } from './photo-links.ts';

/** What the API shows of batches. */

export interface BatchContents {
  items: PackedItem[];
  disputes: Dispute[];
  schedule: RtvSchedule;
}

export const batchView = (
  batch: Batch,
  { items, disputes, schedule }: BatchContents,
  { zone, links, reader }: { zone: string; links: PhotoLinks; reader: Pick<Actor, 'scope'> },
): BatchView => ({
  ...batchSummary(
    batch,
    {
      ...totalsOf(items),
      checkedPieces: piecesOf(items.filter(({ checkedAt }) => checkedAt !== null)),
      disputedPieces: piecesOf(disputes.filter(({ outcome }) => outcome === null)),
      schedule,
    },
    zone,
  ),
  items: (isStaff(reader) ? items : items.map(packedForMerchant)).map((item) => itemView(item, links)),
  disputes: disputes.map(disputeView),
});

/** What is packed, as whoever gets the batch may know it; goods of somebody else may be a competitor's. */
export const packedForMerchant = (item: PackedItem): PackedItem =>
  item.foreign
    ? {
        ...item,
        ...{ sku: null, name: '', reason: null, note: '', serialNumbers: [], batchNumber: null },
        ...{ pieceGrams: null, photoCount: 0, photo: null },
      }
    : item;

const piecesOf = (parts: readonly { quantity: number }[]): number =>
  parts.reduce((sum, { quantity }) => sum + quantity, 0);

export const batchSummary = (batch: Batch, { schedule, ...figures }: BatchFigures, zone: string): BatchSummary => ({
  id: batch.id,
  version: batch.version,
  merchantId: batch.merchantId,
  number: batch.number,
  labelCode: labelCode('batch', batch.labelNumber),
  warehouse: batch.warehouse,
  state: batch.state,
  ...figures,
  openedAt: batch.createdAt.toISOString(),
  dueAt: batch.state === 'open' ? iso(nextClosing(schedule, batch.scheduleFrom, zone)) : null,
  closedAt: iso(batch.closedAt),
  closedOn: batch.closedOn ?? null,
  closedBy: batch.closedBy ?? null,
  packedAt: iso(batch.packedAt),
  dispatchedAt: iso(batch.dispatchedAt),
  dispatchedOn: batch.dispatchedOn ?? null,
  deliveredAt: iso(batch.deliveredAt),
  confirmedAt: iso(batch.confirmedAt),
  disputedAt: iso(batch.disputedAt),
  resolvedAt: iso(batch.resolvedAt),
  cancelledAt: iso(batch.cancelledAt),
  cancelReason: batch.cancelReason ?? null,
  carrier: batch.carrier ?? null,
  trackingNumber: batch.trackingNumber ?? null,
  parcels: batch.parcels ?? null,
  weightGrams: batch.weightGrams ?? null,
  carrierLabel: Boolean(batch.carrierLabelKey),
  createdAt: batch.createdAt.toISOString(),
  updatedAt: batch.updatedAt.toISOString(),
});

const itemView = (item: PackedItem, links: PhotoLinks): BatchItem => ({
  itemId: item.itemId,
  returnId: item.returnId,
  returnNumber: item.returnNumber,
  orderNumber: item.orderNumber,
  labelCode: labelCode('item', item.labelNumber),
  sku: item.sku,
  name: item.name,
  foreign: item.foreign,
  quantity: item.quantity,
  state: item.state,
  grade: item.grade,
  reason: item.reason,
  note: item.note,
  serialNumbers: item.serialNumbers,
  batchNumber: item.batchNumber,
  weightGrams: item.pieceGrams,
  checkedAt: iso(item.checkedAt),
  photos: item.photoCount,
  photo: item.photo && { id: item.photo.id, links: links(item.photo.id) },
});

const disputeView = (dispute: Dispute): DisputeView => ({
  id: dispute.id,
  itemId: dispute.itemId,
  quantity: dispute.quantity,
  reason: dispute.reason,
  note: dispute.note,
  openedAt: dispute.openedAt.toISOString(),
  outcome: dispute.outcome,
  resolutionNote: dispute.resolutionNote,
  resolvedAt: iso(dispute.resolvedAt),
});

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
