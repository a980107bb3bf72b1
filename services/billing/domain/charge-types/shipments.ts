import type { z } from 'zod';
import type { orderShippedV1 } from '../../../../shared/protocol/orders/events.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

const ofShipment = {
  stream: 'fulfilment',
  section: 'fulfilment',
  conditions: ['countries', 'countriesNot', 'weightGramsOver', 'weightGramsUpTo', 'carriers', 'channels', 'tags'],
} as const satisfies Partial<ChargeType>;

export const pickFirst: ChargeType = {
  ...ofShipment,
  key: 'pick_first',
  unit: 'order',
  label: { de: 'Kommissionierung, erstes Stück', en: 'Picking, first piece' },
};
export const pickFurther: ChargeType = {
  ...ofShipment,
  key: 'pick_further',
  unit: 'piece',
  label: { de: 'Kommissionierung, jedes weitere Stück', en: 'Picking, each further piece' },
};
export const pack: ChargeType = {
  ...ofShipment,
  key: 'pack',
  unit: 'parcel',
  label: { de: 'Verpacken', en: 'Packing' },
};
export const material: ChargeType = {
  ...ofShipment,
  key: 'material',
  unit: 'parcel',
  label: { de: 'Packmaterial', en: 'Packing material' },
};
export const freight: ChargeType = {
  ...ofShipment,
  key: 'freight',
  unit: 'parcel',
  label: { de: 'Versand', en: 'Shipping' },
  isFreight: true,
};

/**
 * What a shipment costs. The first pick belongs to the order and is charged with its first shipment only; a later
 * shipment of the same order has further picks and its own parcels (D2, D3).
 */
export function shipmentCharges(shipment: z.output<typeof orderShippedV1.payload>): ChargeFact[] {
  const { pieces, parcels, firstShipment } = shipment;
  const base = {
    source: 'orders.shipment',
    sourceEvent: shipment.shipmentId,
    revision: 0,
    merchantId: shipment.merchantId,
    serviceDate: shipment.serviceDate,
    attributes: {
      country: shipment.country,
      weightGrams: Math.ceil(shipment.weightGrams / parcels),
      carrier: shipment.carrier,
      channel: shipment.channel,
      ...(shipment.tags.length ? { tags: shipment.tags } : {}),
    },
    reference: {
      kind: 'shipment' as const,
      id: shipment.shipmentId,
      number: shipment.orderNumber,
      orderId: shipment.orderId,
      trackingNumber: shipment.trackingNumber,
    },
  };
  return counted(base, [
    [pickFirst, firstShipment ? 1 : 0],
    [pickFurther, pieces - (firstShipment ? 1 : 0)],
    [pack, parcels],
    [material, parcels],
    [freight, parcels],
  ]);
}
