import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { id, instant, line, localDate, text } from '../schemas.ts';
import { grade, ofReturn, reportedOutcome, returnState } from './terms.ts';

export * from './inspection-events.ts';
export * from './terms.ts';

/** The whole state of a return whose merchant is known; the highest version wins. */
export const returnProgressedV1 = defineEvent(
  'returns.return-progressed.v1',
  z.object({
    ...ofReturn,
    version: z.int().positive(),
    state: returnState,
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
    ...ofReturn,
    receivedAt: instant,
    receivedOn: localDate,
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
        /** It belongs to somebody else and is told without what it is; events of earlier days lack it. */
        foreign: z.boolean().default(false),
        quantity: z.int().positive(),
        grade: grade.nullable(),
        reason: line(60).nullable(),
      }),
    ),
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
