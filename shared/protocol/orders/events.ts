import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { country, decimal, id, instant, line, localDate, text } from '../schemas.ts';

/** Goods of one shipment were handed to the carrier. */
export const orderShippedV1 = defineEvent(
  'orders.order-shipped.v1',
  z.object({
    merchantId: id,
    orderId: id,
    orderNumber: line(80),
    channel: line(40),
    shipmentId: id,
    /** The order's first shipment carries what is charged once per order (D3). */
    firstShipment: z.boolean(),
    shippedAt: instant,
    /** The day in the warehouse's zone, derived once (billing.md, Clock and dates). */
    serviceDate: localDate,
    carrier: line(40).nullable(),
    trackingNumber: line(80).nullable(),
    country,
    weightGrams: z.int().nonnegative(),
    parcels: z.int().positive(),
    pieces: z.int().nonnegative(),
    /** Groups of the articles that were shipped, each once, for prices by tag (E3); events of earlier days lack them. */
    tags: z.array(line(80)).default([]),
    /** What it was packed in, each code once; nothing was scanned when it is empty. */
    packaging: z.array(z.object({ code: line(60), quantity: z.int().positive() })).default([]),
    lines: z.array(
      z.object({
        orderLineId: id,
        sku: line(80),
        name: text(300, 0),
        quantity: z.int().positive(),
        /** What a return is checked against (A11); left out when nothing was noted. */
        serialNumbers: z.array(line(80)).optional(),
        batchNumber: line(80).optional(),
      }),
    ),
  }),
);

/** How often what was announced of a shipment turned out otherwise; a correction replaces every earlier revision. */
const shipmentRevision = z.int().positive();

/** A shipment counts otherwise than it was announced: it became the first of its order. */
export const shipmentCorrectedV1 = defineEvent(
  'orders.shipment-corrected.v1',
  orderShippedV1.payload.extend({ revision: shipmentRevision }),
);

/** A picked shipment was called back before the carrier had it; the fields of the shipment as they were. */
export const shipmentCancelledV1 = defineEvent(
  'orders.shipment-cancelled.v1',
  orderShippedV1.payload.extend({
    revision: shipmentRevision,
    cancelledAt: instant,
    /** The day in the warehouse's zone. */
    cancelledOn: localDate,
    reason: line(200),
    /** Whether the goods are back in the stock. */
    restocked: z.boolean(),
  }),
);

/** A special job was done and signed off; a correction comes with a higher revision. */
export const specialJobSignedOffV1 = defineEvent(
  'orders.special-job-signed-off.v1',
  z.object({
    merchantId: id,
    specialJobId: id,
    number: line(40),
    /** Catalogue code the rate card prices by (`relabel`, `kitting`, `hour`). */
    code: line(60),
    description: line(200),
    unit: z.enum(['piece', 'minute', 'hour', 'job']),
    quantity: decimal,
    serviceDate: localDate,
    revision: z.int().nonnegative(),
  }),
);
