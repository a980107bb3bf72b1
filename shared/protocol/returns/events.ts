import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { id, instant, line, localDate, text } from '../schemas.ts';

export const RETURN_STATES = [
  'announced',
  'in_transit',
  'received',
  'inspecting',
  'inspected',
  'awaiting_decision',
  'processing',
  'completed',
  'cancelled',
  'expired',
  'lost',
] as const;
export const returnState = z.enum(RETURN_STATES);
export const returnKind = z.enum(['withdrawal', 'complaint', 'undeliverable', 'exchange']);
export const grade = z.enum(['A', 'B', 'C', 'D']);
export const disposition = z.enum(['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold']);

export const consumerOutcome = z.enum(['refund', 'credit', 'voucher', 'exchange', 'none']);
export const reportedOutcome = z.object({
  outcome: consumerOutcome,
  amountMinor: z.int().nonnegative().nullable(),
});

/** The whole state of a return whose merchant is known; the highest version wins. */
export const returnProgressedV1 = defineEvent(
  'returns.return-progressed.v1',
  z.object({
    returnId: id,
    merchantId: id,
    number: line(40),
    version: z.int().positive(),
    state: returnState,
    kind: returnKind,
    orderNumber: line(80).nullable(),
    receivedOn: localDate.nullable(),
    inspectedOn: localDate.nullable(),
    /** What the consumer gets (C16), as far as it was told; events of earlier days lack it. */
    outcome: reportedOutcome.nullable().default(null),
  }),
);

/** A return with a known merchant reached the warehouse, or a received one got its merchant. */
export const returnReceivedV1 = defineEvent(
  'returns.return-received.v1',
  z.object({
    returnId: id,
    merchantId: id,
    number: line(40),
    kind: returnKind,
    orderNumber: line(80).nullable(),
    receivedAt: instant,
    receivedOn: localDate,
  }),
);

/** A photo as others may show it: keys of the object store. */
export const photoRef = z.object({ photoId: id, thumbKey: z.string(), webKey: z.string() });

/** How a reason reads; a reason that is in no list is a text already. */
export const reasonText = z.object({ de: z.string(), en: z.string() });

export const inspectedItem = z.object({
  itemId: id,
  sku: line(80).nullable(),
  name: text(300, 0),
  quantity: z.int().positive(),
  grade: grade.nullable(),
  reason: line(60).nullable(),
  /** What the shop calls the reason (C15); events of earlier days lack it. */
  externalReason: line(80).nullable().default(null),
  note: text(2_000, 0),
  /** `null`: the merchant is asked first. */
  disposition: disposition.nullable(),
  photos: z.array(photoRef),
  /** What else is evidence of the goods; events of earlier days lack it. */
  reasonText: reasonText.nullable().default(null),
  serialNumbers: z.array(z.string()).default([]),
  serialMismatch: z.boolean().default(false),
  batchNumber: z.string().nullable().default(null),
  bestBefore: localDate.nullable().default(null),
  /** An earlier event said that it was restocked or disposed of; see `reopenedCharges`. */
  chargedBefore: z.boolean().default(false),
  /** Its inspection was charged by an earlier revision; events without it charge no inspection again. */
  inspectedBefore: z.boolean().default(true),
});

/** The inspection of a return was completed; reopening it and completing again makes the next revision. */
export const returnInspectedV1 = defineEvent(
  'returns.return-inspected.v1',
  z.object({
    returnId: id,
    merchantId: id,
    number: line(40),
    kind: returnKind,
    orderNumber: line(80).nullable(),
    /** What else a merchant may know the parcel by; events of earlier days lack both. */
    trackingNumber: line(80).nullable().default(null),
    externalNumber: line(80).nullable().default(null),
    revision: z.int().nonnegative(),
    inspectedAt: instant,
    inspectedOn: localDate,
    /** What the consumer gets (C16), as far as it was told by then. */
    outcome: reportedOutcome.nullable().default(null),
    items: z.array(inspectedItem),
    /** Photos of the parcel as a whole. */
    photos: z.array(photoRef),
    /** In how many parcels it came (A6). */
    parcels: z.int().positive().default(1),
    /** Of these, how many were charged by earlier revisions; with none there is nothing to keep. */
    parcelsBefore: z.int().nonnegative().default(1),
    /** What a later revision does to the charges of those before it (B13). */
    reopenedCharges: z.enum(['reverse', 'keep']).default('reverse'),
  }),
);

/**
 * An item reached its end in the house by a decision after its inspection was announced: it was held, refurbished or
 * taken out of a batch until then. The next revision of the inspection names it again and replaces this.
 */
export const itemSettledV1 = defineEvent(
  'returns.item-settled.v1',
  z.object({
    returnId: id,
    merchantId: id,
    number: line(40),
    kind: returnKind,
    orderNumber: line(80).nullable(),
    itemId: id,
    /** Of the inspection that was announced last. */
    revision: z.int().nonnegative(),
    sku: line(80).nullable(),
    name: text(300, 0),
    quantity: z.int().positive(),
    grade: grade.nullable(),
    disposition: disposition.extract(['restock', 'restock_b', 'dispose']),
    settledAt: instant,
    settledOn: localDate,
    /** It was charged by an earlier revision, whose charges stay (B13). */
    chargedBefore: z.boolean().default(false),
  }),
);

/** A batch of unsellable goods left for the merchant. */
export const batchDispatchedV1 = defineEvent(
  'returns.batch-dispatched.v1',
  z.object({
    batchId: id,
    merchantId: id,
    number: line(40),
    dispatchedAt: instant,
    dispatchedOn: localDate,
    carrier: line(40),
    trackingNumber: line(80),
    parcels: z.int().positive(),
    weightGrams: z.int().positive(),
    pieces: z.int().positive(),
    items: z.array(
      z.object({
        itemId: id,
        returnNumber: line(40),
        sku: line(80).nullable(),
        name: text(300, 0),
        quantity: z.int().positive(),
        grade: grade.nullable(),
        reason: line(60).nullable(),
      }),
    ),
  }),
);

/**
 * The merchant is asked what becomes of these pieces; without an answer until `dueAt` of an item the default happens.
 * Asking again, because an inspection was reopened, is the next revision.
 */
export const decisionRequestedV1 = defineEvent(
  'returns.decision-requested.v1',
  z.object({
    returnId: id,
    merchantId: id,
    number: line(40),
    kind: returnKind,
    orderNumber: line(80).nullable(),
    /** Of the inspection the questions come from. */
    revision: z.int().nonnegative(),
    requestedAt: instant,
    /** The last deadline of the items; the link in the mail lives until then. */
    dueAt: instant,
    items: z
      .array(
        z.object({
          itemId: id,
          sku: line(80).nullable(),
          name: text(300, 0),
          quantity: z.int().positive(),
          grade: grade.nullable(),
          reason: line(60).nullable(),
          note: text(2_000, 0),
          /** What happens at `dueAt` when nobody answers. */
          defaultDisposition: disposition,
          /** What the merchant may choose from. */
          choices: z.array(disposition).min(1),
          dueAt: instant,
          photos: z.array(photoRef),
          reasonText: reasonText.nullable().default(null),
        }),
      )
      .min(1),
  }),
);

/** Goods lay in quarantine as a day began, after their free days (C11). Once per item and day. */
export const quarantineAccruedV1 = defineEvent(
  'returns.quarantine-accrued.v1',
  z.object({
    itemId: id,
    returnId: id,
    merchantId: id,
    /** Of the return. */
    number: line(40),
    orderNumber: line(80).nullable(),
    sku: line(80).nullable(),
    name: text(300, 0),
    quantity: z.int().positive(),
    day: localDate,
    /** The day it came into quarantine. */
    quarantinedOn: localDate,
    freeDays: z.int().nonnegative(),
  }),
);
