import { z } from 'zod';
import { defineAction, STAFF } from '../define.ts';
import { byId, filledLine, id, instant, line, none, page, pageParams } from '../schemas.ts';
import { ean } from './articles.ts';
import { orderView, packagingView, shipmentListItem } from './views.ts';

const MAINTAINERS = ['lead', 'admin'] as const;

/** What one parcel, or the whole shipment, was packed in. */
export const packedIn = z.strictObject({
  code: line(60).meta({ description: 'Code or EAN of a packaging of the house, as it was scanned', example: 'BOX-M' }),
  quantity: z.int().positive().max(100_000),
  parcel: z.int().positive().max(10_000).optional().meta({ description: 'Which parcel of the shipment, from 1' }),
});

const packagingFields = {
  name: line(120),
  ean: ean.nullable(),
  active: z.boolean(),
};

/** Shipments that were called back, and what parcels are packed in. */
export const shipmentActions = {
  listShipments: defineAction({
    name: 'orders.listShipments',
    summary: 'Shipments, those that left last first; found by the number of the order, of the parcel or of their own',
    rest: 'GET /shipments',
    access: [...STAFF, 'api'],
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      search: line(80)
        .optional()
        .meta({ description: 'Number of the order, tracking number, or reference or id of the shipment' }),
    }),
    output: page(shipmentListItem),
  }),
  cancelShipment: defineAction({
    name: 'orders.cancelShipment',
    summary:
      'Calls a picked shipment back before the carrier has it; its charges are taken back, the order is open again',
    rest: 'POST /orders/{id}/shipments/{shipmentId}/cancel',
    access: ['lead', 'finance', 'admin', 'api'],
    params: z.strictObject({ id, shipmentId: id }),
    body: z.strictObject({
      reason: filledLine(200),
      restocked: z.boolean().default(true).meta({ description: 'Whether the picked goods are back in the stock' }),
      cancelledAt: instant.optional().meta({ description: 'When it was called back; now without it' }),
    }),
    output: orderView,
  }),
  listPackagings: defineAction({
    name: 'orders.listPackagings',
    summary: 'What the house packs parcels in, by code',
    rest: 'GET /packagings',
    access: [...STAFF, 'api'],
    params: z.strictObject({ ...pageParams, active: z.enum(['true', 'false']).optional() }),
    output: page(packagingView),
  }),
  createPackaging: defineAction({
    name: 'orders.createPackaging',
    summary: 'Enter a packaging; its price stands in the rate card, under the code',
    rest: 'POST /packagings',
    access: MAINTAINERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      code: line(60).meta({ description: 'Code the rate card prices by; never changes', example: 'BOX-M' }),
      name: packagingFields.name,
      ean: packagingFields.ean.default(null),
      active: packagingFields.active.default(true),
    }),
    output: packagingView,
    status: 201,
  }),
  changePackaging: defineAction({
    name: 'orders.changePackaging',
    summary: 'Change a packaging; one that is not active can no longer be named by shipments',
    rest: 'PATCH /packagings/{id}',
    access: MAINTAINERS,
    params: byId,
    body: z.strictObject(z.object(packagingFields).partial().shape),
    output: packagingView,
  }),
};
