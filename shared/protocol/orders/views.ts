import { z } from 'zod';
import { address, country, decimal, email, id, instant, line, localDate, text } from '../schemas.ts';

export const orderState = z.enum(['open', 'partially_shipped', 'shipped', 'cancelled']);
export type OrderState = z.output<typeof orderState>;

/** The person who bought; what the shop told us, as much as it told. */
export const consumer = z.strictObject({
  name: line(120).optional(),
  email: email.optional(),
  address: address.optional(),
});

const orderFacts = {
  id,
  version: z.int(),
  merchantId: id,
  channel: line(40),
  externalNumber: line(80),
  state: orderState,
  origin: z.enum(['api', 'import']),
  country,
  currency: z.string(),
  orderedAt: instant,
  createdAt: instant,
};
export const orderListItem = z.object({
  ...orderFacts,
  consumerName: z.string().nullable(),
  pieces: z.int().meta({ description: 'Ordered pieces of all lines' }),
});

export const shipmentView = z.object({
  id,
  reference: z.string().nullable(),
  parcels: z.int(),
  weightGrams: z.int(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  shippedAt: instant,
  serviceDate: localDate,
  /** What it was packed in, as far as that was scanned. */
  packaging: z.array(z.object({ code: z.string(), quantity: z.int(), parcel: z.int().nullable() })),
  /** Set when it was called back before the carrier had it. */
  cancelled: z.object({ at: instant, on: localDate, reason: z.string(), restocked: z.boolean() }).nullable(),
  lines: z.array(
    z.object({
      orderLineId: id,
      quantity: z.int(),
      serialNumbers: z.array(z.string()),
      batchNumber: z.string().nullable(),
    }),
  ),
});
export type ShipmentView = z.output<typeof shipmentView>;

/** A shipment with its order, as lists show it. */
export const shipmentListItem = shipmentView
  .pick({ id: true, reference: true, parcels: true, carrier: true, trackingNumber: true, shippedAt: true })
  .extend({
    orderId: id,
    merchantId: id,
    orderNumber: line(80),
    channel: line(40),
    serviceDate: localDate,
    pieces: z.int(),
    cancelled: shipmentView.shape.cancelled,
  });
export type ShipmentListItem = z.output<typeof shipmentListItem>;

export const orderView = z.object({
  ...orderFacts,
  consumer: consumer.nullable(),
  lines: z.array(
    z.object({
      id,
      ordinal: z.int(),
      sku: z.string(),
      name: z.string(),
      quantity: z.int(),
      shippedQuantity: z.int(),
      unitPrice: decimal.nullable(),
    }),
  ),
  shipments: z.array(shipmentView),
});
export type OrderView = z.output<typeof orderView>;

/** What parcels are packed in; of the house, the same for all merchants. */
export const packagingView = z.object({
  id,
  version: z.int(),
  code: z.string(),
  name: z.string(),
  ean: z.string().nullable(),
  active: z.boolean(),
  createdAt: instant,
});
export type PackagingView = z.output<typeof packagingView>;

export const stockMovementView = z.object({
  id,
  merchantId: id,
  sku: z.string().nullable(),
  name: text(300, 0),
  /** Pieces; negative when goods leave the stock again. */
  quantity: z.int(),
  quality: z.enum(['a', 'b']),
  kind: z.enum(['restocked', 'restock_reversed', 'goods_in', 'disposed', 'rtv', 'correction']),
  source: z.enum(['return', 'booking', 'goods_in']),
  sourceId: id,
  sourceNumber: z.string(),
  serviceDate: localDate,
  occurredAt: instant,
});
