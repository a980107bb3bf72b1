import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { id, instant, line, localDate, text } from '../schemas.ts';
import { disposition, grade, ofReturn, reportedOutcome } from './terms.ts';

/** A photo as others may show it: keys of the object store. */
export const photoRef = z.object({ photoId: id, thumbKey: z.string(), webKey: z.string() });

/** How a reason reads; a reason that is in no list is a text already. */
export const reasonText = z.object({ de: z.string(), en: z.string() });

/** It belongs to somebody else, so it is told without what it is (no code, name, finding or photo). */
const foreign = z.boolean().default(false);

export const inspectedItem = z.object({
  itemId: id,
  sku: line(80).nullable(),
  name: text(300, 0),
  foreign,
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
  /** The group of its article, for prices by tag (E3); events of earlier days lack it. */
  tags: z.array(line(80)).default([]),
  /** An earlier event said that it was restocked or disposed of; see `reopenedCharges`. */
  chargedBefore: z.boolean().default(false),
  /** Its inspection was charged by an earlier revision; events without it charge no inspection again. */
  inspectedBefore: z.boolean().default(true),
});

/** The inspection of a return was completed; reopening it and completing again makes the next revision. */
export const returnInspectedV1 = defineEvent(
  'returns.return-inspected.v1',
  z.object({
    ...ofReturn,
    /** What else a merchant may know the parcel by; events of earlier days lack both. */
    trackingNumber: line(80).nullable().default(null),
    externalNumber: line(80).nullable().default(null),
    revision: z.int().nonnegative(),
    /** Orders what is charged for the return, see `chargesMovedV1`; events of earlier days lack it: `revision`. */
    chargeRevision: z.int().nonnegative().nullable().default(null),
    inspectedAt: instant,
    inspectedOn: localDate,
    /** What the consumer gets (C16), as far as it was told by then. */
    outcome: reportedOutcome.nullable().default(null),
    items: z.array(inspectedItem),
    /** Photos of the parcel as a whole. */
    photos: z.array(photoRef),
    /** The parcels its merchant pays for with this return (A6); those of a split return are paid for once. */
    parcels: z.int().nonnegative().default(1),
    /** Of these, how many were charged by earlier revisions. */
    parcelsBefore: z.int().nonnegative().default(1),
    /** Photo documentation was charged by an earlier revision; events without it charge none again. */
    photosBefore: z.boolean().default(true),
    /** The return was charged before; without that there is nothing to keep. Events of earlier days lack it. */
    toldBefore: z.boolean().nullable().default(null),
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
    ...ofReturn,
    itemId: id,
    /** Of the inspection that was announced last. */
    revision: z.int().nonnegative(),
    /** As of the return; events of earlier days lack it: `revision`. */
    chargeRevision: z.int().nonnegative().nullable().default(null),
    sku: line(80).nullable(),
    name: text(300, 0),
    quantity: z.int().positive(),
    grade: grade.nullable(),
    disposition: disposition.extract(['restock', 'restock_b', 'dispose']),
    tags: inspectedItem.shape.tags,
    settledAt: instant,
    settledOn: localDate,
    /** It was charged by an earlier revision, whose charges stay (B13). */
    chargedBefore: z.boolean().default(false),
  }),
);

/**
 * Goods whose inspection was charged went to a return of their own, which is charged for them from then on. Says what
 * of this return was charged and stays, whatever its merchant's policy: it replaces all that was charged for its
 * inspections and for the ends of the named items under a lower `chargeRevision`.
 */
export const chargesMovedV1 = defineEvent(
  'returns.charges-moved.v1',
  z.object({
    ...ofReturn,
    chargeRevision: z.int().positive(),
    /** The day the return is charged on. */
    chargedOn: localDate,
    parcels: z.int().nonnegative(),
    /** Its photo documentation was charged, and it has photos still. */
    photographed: z.boolean(),
    items: z.array(
      z.object({
        itemId: id,
        quantity: z.int().positive(),
        grade: grade.nullable(),
        chargedAs: disposition.extract(['restock', 'dispose']).nullable(),
        tags: inspectedItem.shape.tags,
      }),
    ),
    movedItemIds: z.array(id),
  }),
);

/**
 * The merchant is asked what becomes of these pieces; without an answer until `dueAt` of an item the default happens.
 * Asking again, because an inspection was reopened, is the next revision.
 */
export const decisionRequestedV1 = defineEvent(
  'returns.decision-requested.v1',
  z.object({
    ...ofReturn,
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
