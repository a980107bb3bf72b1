import { z } from 'zod';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import { importOutcome } from '../returns/actions.ts';
import {
  byId,
  country,
  filledLine,
  id,
  instant,
  line,
  none,
  page,
  pageParams,
  positiveDecimal,
  text,
} from '../schemas.ts';
import { articleActions } from './article-actions.ts';
import { carrierActions } from './carrier-actions.ts';
import { goodsInActions } from './goods-in-actions.ts';
import { jobCatalogueActions } from './job-catalogue-actions.ts';
import { packedIn, shipmentActions } from './shipment-actions.ts';
import { specialJobActions } from './special-job-actions.ts';
import { stockActions } from './stock-actions.ts';
import { consumer, orderListItem, orderState, orderView, stockMovementView } from './views.ts';

const WRITERS = [...STAFF, 'api'] as const;
const pieces = z.int().positive().max(1_000_000);
const isoCurrency = z.string().regex(/^[A-Z]{3}$/, 'Must be an ISO 4217 code');
const unitPrice = positiveDecimal.meta({ description: 'Price of one piece in the currency of the order' });

/** One order of an import, shipped as one parcel. */
export const importedOrder = z.strictObject({
  orderId: id,
  shipmentId: id,
  merchantId: id,
  channel: line(40),
  externalNumber: line(80),
  orderedAt: instant,
  shippedAt: instant,
  country,
  consumerName: line(120).optional(),
  currency: isoCurrency,
  weightGrams: z.int().nonnegative().max(1_000_000_000),
  carrier: line(40),
  contentHash: z.string().length(64),
  lines: z
    .array(
      z.strictObject({
        ordinal: z.int().positive(),
        sku: line(80),
        name: text(300, 0),
        quantity: z.int().positive().max(999_999_999),
        unitPrice: unitPrice.nullable(),
      }),
    )
    .min(1),
});
export type ImportedOrder = z.output<typeof importedOrder>;

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const ordersActions = {
  ...articleActions,
  listOrders: defineAction({
    name: 'orders.listOrders',
    summary: 'Orders, newest first',
    rest: 'GET /orders',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      channel: line(40).optional(),
      externalNumber: line(80).optional(),
      state: orderState.optional(),
      sort: z.enum(['-orderedAt', 'orderedAt']).default('-orderedAt'),
    }),
    output: page(orderListItem),
  }),
  createOrder: defineAction({
    name: 'orders.createOrder',
    summary: 'Takes an order; the same external number of a merchant and channel is one order',
    rest: 'POST /orders',
    access: WRITERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      channel: line(40),
      externalNumber: line(80),
      orderedAt: instant.optional(),
      country,
      currency: isoCurrency.default('EUR'),
      consumer: consumer.optional(),
      lines: z
        .array(z.strictObject({ sku: line(80), name: text(300, 0), quantity: pieces, unitPrice: unitPrice.optional() }))
        .min(1)
        .max(1_000),
    }),
    output: orderView,
    status: 201,
  }),
  getOrder: defineAction({
    name: 'orders.getOrder',
    summary: 'An order with its lines and shipments',
    rest: 'GET /orders/{id}',
    access: EVERYONE,
    params: byId,
    output: orderView,
  }),
  shipOrder: defineAction({
    name: 'orders.shipOrder',
    summary: 'Records a shipment of some lines, or of everything still open',
    rest: 'POST /orders/{id}/shipments',
    access: WRITERS,
    params: byId,
    body: z.strictObject({
      shipmentId: id.optional().meta({ description: 'Id of the shipment; the same content again changes nothing' }),
      reference: line(80).optional().meta({ description: 'Number of the shipment elsewhere, once per order' }),
      lines: z
        .array(
          z.strictObject({
            orderLineId: id,
            quantity: pieces,
            serialNumbers: z
              .array(line(80))
              .max(10_000)
              .optional()
              .meta({ description: 'Of the pieces, as far as they were noted; a return is checked against them' }),
            batchNumber: line(80).optional(),
          }),
        )
        .min(1)
        .max(1_000)
        .optional(),
      parcels: z.int().positive().max(10_000).default(1),
      weightGrams: z.int().nonnegative().max(1_000_000_000),
      carrier: line(40).optional(),
      trackingNumber: line(80).optional(),
      packaging: z
        .array(packedIn)
        .max(1_000)
        .optional()
        .meta({ description: 'What was scanned at packing; billed by code in place of packing material per parcel' }),
      shippedAt: instant.optional(),
    }),
    output: orderView,
    status: 201,
  }),
  cancelOrder: defineAction({
    name: 'orders.cancelOrder',
    summary: 'Cancels an order nothing of which was shipped',
    rest: 'POST /orders/{id}/cancel',
    access: WRITERS,
    params: byId,
    body: z.strictObject({ reason: filledLine(200).optional() }),
    output: orderView,
  }),
  importOrders: defineAction({
    name: 'orders.importOrders',
    summary: 'Records shipped orders of an import, at most 500 at once',
    access: 'internal',
    params: none,
    body: z.strictObject({
      orders: z.array(importedOrder).max(500),
      dryRun: z.boolean().default(false),
    }),
    output: importOutcome,
  }),
  listStockMovements: defineAction({
    name: 'orders.listStockMovements',
    summary: 'The stock ledger, newest first',
    rest: 'GET /stock-movements',
    access: EVERYONE,
    params: z.strictObject({ ...pageParams, merchantId: id.optional(), sku: line(80).optional() }),
    output: page(stockMovementView),
  }),
  ...stockActions,
  ...goodsInActions,
  ...shipmentActions,
  ...carrierActions,
  ...specialJobActions,
  ...jobCatalogueActions,
};
