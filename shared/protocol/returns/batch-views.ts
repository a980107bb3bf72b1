import { z } from 'zod';
import { id, instant, localDate } from '../schemas.ts';
import { grade } from './events.ts';

export const BATCH_STATES = [
  'open',
  'closing',
  'packed',
  'dispatched',
  'delivered',
  'confirmed',
  'disputed',
  'resolved',
  'cancelled',
] as const;
export const batchState = z.enum(BATCH_STATES);
/** What closed a batch: its schedule, a limit of the merchant's policy, or somebody. */
export const batchClosedBy = z.enum(['schedule', 'pieces', 'weight', 'volume', 'hand']);
export const disputeReason = z.enum(['missing', 'damaged', 'wrong']);
/** `credited` is a hint for finance; the credit itself is theirs to write. */
export const disputeOutcome = z.enum(['found', 'credited', 'rejected']);

const count = z.int().nonnegative();

const batchFacts = {
  id,
  version: z.int().positive(),
  merchantId: id,
  number: z.string(),
  labelCode: z.string().meta({ example: 'KB-0004P7', description: 'On the box; `GET /returns/lookup` finds it' }),
  warehouse: z.string(),
  state: batchState,
  pieces: count,
  checkedPieces: count.meta({ description: 'Pieces that were scanned since the contents are closed' }),
  disputedPieces: count.meta({ description: 'Pieces whose dispute is open' }),
  weightKnownGrams: count.meta({ description: 'Of the articles, as far as their weight is known' }),
  piecesWithoutWeight: count,
  volumeCm3: count.meta({ description: 'Of the articles, as far as their size is known' }),
  piecesWithoutVolume: count,
  openedAt: instant,
  dueAt: instant.nullable().meta({ description: 'When the schedule closes the open batch, unless it is empty' }),
  closedAt: instant.nullable(),
  closedOn: localDate.nullable(),
  closedBy: batchClosedBy.nullable(),
  packedAt: instant.nullable(),
  dispatchedAt: instant.nullable(),
  dispatchedOn: localDate.nullable(),
  deliveredAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  disputedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  parcels: z.int().nullable(),
  weightGrams: z.int().nullable(),
  carrierLabel: z.boolean().meta({ description: 'There is one at `GET /rtv-batches/{id}/carrier-label.pdf`' }),
  createdAt: instant,
  updatedAt: instant,
};

export const batchSummary = z.object(batchFacts);
export type BatchSummary = z.output<typeof batchSummary>;

const stateInBatch = z.enum(['in_rtv_batch', 'returned_to_merchant']);

export const batchItem = z.object({
  itemId: id,
  returnId: id,
  returnNumber: z.string(),
  orderNumber: z.string().nullable(),
  labelCode: z.string(),
  sku: z.string().nullable(),
  name: z.string(),
  foreign: z.boolean().meta({ description: 'It belongs to somebody else; merchants are not told what it is' }),
  quantity: z.int().positive(),
  state: stateInBatch,
  grade: grade.nullable(),
  reason: z.string().nullable(),
  note: z.string(),
  serialNumbers: z.array(z.string()),
  batchNumber: z.string().nullable(),
  weightGrams: z.int().nullable().meta({ description: 'Of one piece' }),
  checkedAt: instant.nullable(),
  photos: count,
  photo: z
    .object({ id, links: z.object({ thumb: z.string(), web: z.string(), full: z.string() }) })
    .nullable()
    .meta({ description: 'The first of them' }),
});
export type BatchItem = z.output<typeof batchItem>;

export const disputeView = z.object({
  id,
  itemId: id,
  quantity: z.int().positive(),
  reason: disputeReason,
  note: z.string(),
  openedAt: instant,
  outcome: disputeOutcome.nullable(),
  resolutionNote: z.string().nullable(),
  resolvedAt: instant.nullable(),
});
export type DisputeView = z.output<typeof disputeView>;

export const batchView = z.object({ ...batchFacts, items: z.array(batchItem), disputes: z.array(disputeView) });
export type BatchView = z.output<typeof batchView>;

/** A batch that a scanned label names. */
export const batchHit = z.object({
  id,
  merchantId: id,
  number: z.string(),
  labelCode: z.string(),
  state: batchState,
  pieces: count,
});

/** An item that a scanned label names. */
export const itemHit = z.object({
  itemId: id,
  returnId: id,
  returnNumber: z.string(),
  labelCode: z.string(),
  sku: z.string().nullable(),
  name: z.string(),
  quantity: z.int().positive(),
  state: z.string(),
  rtvBatchId: id.nullable(),
});
