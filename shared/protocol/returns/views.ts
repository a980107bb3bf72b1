import { z } from 'zod';
import { id, instant, line, localDate, money } from '../schemas.ts';
import { consumerOutcome, disposition, grade, returnKind, returnState } from './events.ts';

export * from './batch-views.ts';

export const MATCH_STATES = ['unknown_merchant', 'unmatched', 'matched'] as const;
export const matchState = z.enum(MATCH_STATES);

export const ITEM_STATES = [
  'expected',
  'received',
  'missing',
  'graded',
  'disposition_proposed',
  'decided',
  'restocked',
  'in_rtv_batch',
  'returned_to_merchant',
  'disposed',
  'donated',
  'refurbishing',
  'on_hold',
] as const;
export const itemState = z.enum(ITEM_STATES);

/** `foreign`: it belongs to someone else and lies here until its own return is found. */
export const ITEM_ORIGINS = ['expected', 'unexpected', 'foreign'] as const;
export const itemOrigin = z.enum(ITEM_ORIGINS);

/** Who decided what becomes of an item; `deadline`: nobody did in time, so the default happened. */
export const dispositionSource = z.enum(['rule', 'manual', 'merchant', 'deadline']);
export const photoKind = z.enum(['item', 'parcel', 'label', 'content']);
export { consumerOutcome };
export const checklistAnswer = z.object({ question: line(60), answer: line(60) });

const itemView = z.object({
  id,
  /** The item this part was split from. */
  splitFrom: id.nullable(),
  splitAt: instant
    .nullable()
    .meta({ description: 'Photos of the other item that were uploaded before that show this part too' }),
  origin: itemOrigin,
  sku: z.string().nullable(),
  name: z.string(),
  quantity: z.int().positive(),
  state: itemState,
  grade: grade.nullable(),
  reason: z.string().nullable(),
  externalReason: z.string().nullable().meta({ description: 'What the shop called the reason' }),
  note: z.string(),
  disposition: disposition.nullable(),
  dispositionSource: dispositionSource.nullable(),
  dispositionReason: z.string().nullable(),
  suggestedDisposition: z.union([disposition, z.literal('ask')]).nullable(),
  rtvBatchId: id.nullable(),
  inspectedAt: instant.nullable(),
  serialNumbers: z.array(z.string()),
  serialMismatch: z.boolean(),
  batchNumber: z.string().nullable(),
  bestBefore: localDate.nullable(),
  recordedAs: z.string().nullable(),
  overReturnReason: z.string().nullable(),
  checklist: z.array(checklistAnswer).nullable(),
  suggestedGrade: grade.nullable(),
  askedAt: instant.nullable(),
  decisionDueAt: instant.nullable(),
  decisionDefault: disposition.nullable(),
  quarantinedAt: instant.nullable(),
  insteadOf: id.nullable(),
  bundleOf: id.nullable(),
});

export const photoView = z.object({
  id,
  returnId: id,
  itemId: id.nullable(),
  kind: photoKind,
  clientPhotoId: z.string(),
  sha256: z.string().meta({ description: 'Of the file as it was taken; it is not kept' }),
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  takenAt: instant.nullable(),
  uploadedAt: instant,
  links: z
    .object({ thumb: z.string(), web: z.string(), full: z.string() })
    .meta({ description: 'Paths that need no log-in, as JPEG, for at least 5 minutes' }),
});
export type PhotoView = z.output<typeof photoView>;

const returnFacts = {
  id,
  version: z.int().positive(),
  number: z.string(),
  merchantId: id.nullable(),
  kind: returnKind,
  state: returnState,
  matchState,
  channel: z.string(),
  externalNumber: z.string().nullable(),
  orderId: id.nullable(),
  orderNumber: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  revision: z.int().nonnegative(),
  receivedAt: instant.nullable(),
  receivedOn: localDate.nullable(),
  inspectedAt: instant.nullable(),
  inspectedOn: localDate.nullable(),
  completedAt: instant.nullable(),
  parentId: id.nullable(),
  inspectionDueAt: instant.nullable(),
  decisionDueAt: instant.nullable(),
  outcome: consumerOutcome.nullable(),
  outcomeAmount: money.nullable(),
  createdAt: instant,
  updatedAt: instant,
};

const pieceCount = z.int().nonnegative();
const lineDifference = z.object({
  itemId: id,
  sku: z.string().nullable(),
  name: z.string(),
  expected: pieceCount,
  received: pieceCount,
  missing: pieceCount,
  open: pieceCount,
  wrong: pieceCount,
  extra: pieceCount,
  foreign: pieceCount,
});

export const returnSummary = z.object({ ...returnFacts, pieces: z.int().nonnegative(), photos: z.int().nonnegative() });
export type ReturnSummary = z.output<typeof returnSummary>;

export const returnView = z.object({
  ...returnFacts,
  note: z.string(),
  outcomeNote: z.string().nullable(),
  outcomeBy: z.string().nullable(),
  outcomeAt: instant.nullable(),
  items: z.array(itemView),
  photos: z.array(photoView),
  /** Expected against received (A7), in pieces. */
  pieces: z.object({
    expected: z.int().nonnegative(),
    received: z.int().nonnegative(),
    missing: z.int().nonnegative(),
    unexpected: z.int().nonnegative(),
    foreign: z.int().nonnegative(),
  }),
  lines: z
    .array(lineDifference)
    .meta({ description: 'The same per line, with the parts that were split from it; `wrong` came in place of it' }),
  parcels: z.array(
    z.object({
      id,
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      receivedAt: instant,
      receivedOn: localDate,
    }),
  ),
  lock: z
    .object({ userId: z.string(), name: z.string(), expiresAt: instant })
    .nullable()
    .meta({ description: 'Who works on it; staff only, and no part of the version' }),
});
export type ReturnView = z.output<typeof returnView>;

export const orderHit = z.object({
  orderId: id,
  merchantId: id,
  orderNumber: z.string(),
  channel: z.string(),
  shippedAt: instant,
  lines: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int().positive() })),
});
