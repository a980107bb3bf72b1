import type { z } from 'zod';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { orderShippedV1, shipmentCancelledV1 } from '../../../../shared/protocol/orders/events.ts';
import type { ChargeAttributes, ChargeFact, ChargeType } from '../charge-fact.ts';
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
/** Beside or in place of the pieces, where the cards price it (D2). */
export const pickLine: ChargeType = {
  ...ofShipment,
  key: 'pick_line',
  unit: 'line',
  label: { de: 'Kommissionierung je Position', en: 'Picking, per line' },
  isOptional: true,
};
/** By the weight of the whole shipment, where the cards price it (D2). */
export const pickWeight: ChargeType = {
  ...ofShipment,
  key: 'pick_weight',
  unit: 'kg',
  label: { de: 'Kommissionierung nach Gewicht', en: 'Picking by weight' },
  isOptional: true,
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
/** By the code that was scanned at packing, in place of material per parcel (D9). */
export const packaging: ChargeType = {
  ...ofShipment,
  key: 'packaging',
  unit: 'piece',
  label: { de: 'Verpackung nach Art', en: 'Packaging by kind' },
  conditions: [...ofShipment.conditions, 'codes'],
};
export const freight: ChargeType = {
  ...ofShipment,
  key: 'freight',
  unit: 'parcel',
  label: { de: 'Versand', en: 'Shipping' },
  isFreight: true,
};

/** What a shipment is called back for after it was picked, where the merchant's card says so (D4). */
export const cancelAfterPick: ChargeType = {
  ...ofShipment,
  key: 'cancel_after_pick',
  unit: 'shipment',
  label: { de: 'Storno nach Kommissionierung', en: 'Cancelled after picking' },
  isOptional: true,
};

/** Its charges are corrected by a higher revision: one that was called back leaves just their negative twins. */
export const SHIPMENT = 'orders.shipment';

type Shipment = z.output<typeof orderShippedV1.payload>;
const GRAM_IN_KG_MICROS = 1_000n;

/**
 * What a shipment costs. The first pick belongs to the order and is charged with its first shipment only; a later
 * shipment of the same order has further picks and its own parcels (D2, D3). What was scanned at packing stands in place
 * of material per parcel (D9).
 * @param shipment  with the revision of a correction, 0 without it
 */
export function shipmentCharges(shipment: Shipment & { revision?: number }): ChargeFact[] {
  const { pieces, parcels, firstShipment, revision = 0 } = shipment;
  const base = {
    ...{ source: SHIPMENT, sourceEvent: shipment.shipmentId, revision, merchantId: shipment.merchantId },
    ...{ serviceDate: shipment.serviceDate, attributes: attributesOf(shipment), reference: referenceOf(shipment) },
  };
  return [
    ...counted(base, [
      [pickFirst, firstShipment ? 1 : 0],
      [pickFurther, pieces - (firstShipment ? 1 : 0)],
      [pickLine, shipment.lines.length],
      [pack, parcels],
      [material, shipment.packaging.length ? 0 : parcels],
      [freight, parcels],
    ]),
    ...(shipment.weightGrams > 0
      ? [{ ...base, type: pickWeight, unit: 'kg', quantityMicros: BigInt(shipment.weightGrams) * GRAM_IN_KG_MICROS }]
      : []),
    ...shipment.packaging.flatMap(({ code, quantity }) =>
      counted(
        {
          ...base,
          sourceEvent: packagingEvent(shipment.shipmentId, code),
          attributes: { ...base.attributes, code },
          reference: { ...base.reference, packaging: code },
        },
        [[packaging, quantity]],
      ),
    ),
  ];
}

/** What revisions of a shipment replace: its own charges and those of each kind of packaging. */
export const shipmentEvents = ({ shipmentId, packaging }: Pick<Shipment, 'shipmentId' | 'packaging'>): string[] => [
  shipmentId,
  ...packaging.map(({ code }) => packagingEvent(shipmentId, code)),
];

const packagingEvent = (shipmentId: string, code: string): string => uuidOf('packaging', shipmentId, code);

/** What calling a shipment back costs, on the day that it was. Once per shipment. */
export function cancellationCharges(cancelled: z.output<typeof shipmentCancelledV1.payload>): ChargeFact[] {
  return counted(
    {
      ...{ source: 'orders.shipment-cancellation', sourceEvent: cancelled.shipmentId, revision: 0 },
      ...{ merchantId: cancelled.merchantId, serviceDate: cancelled.cancelledOn },
      attributes: attributesOf(cancelled),
      reference: referenceOf(cancelled),
    },
    [[cancelAfterPick, 1]],
  );
}

/** A parcel of which the house told no weight is in no band of weights, not in the lightest. */
const attributesOf = ({ country, weightGrams, parcels, carrier, channel, tags }: Shipment): ChargeAttributes => ({
  ...{ country, carrier, channel },
  ...(weightGrams > 0 ? { weightGrams: Math.ceil(weightGrams / parcels) } : {}),
  ...(tags.length ? { tags } : {}),
});

const referenceOf = ({ shipmentId, orderNumber, orderId, trackingNumber }: Shipment) => ({
  ...{ kind: 'shipment' as const, id: shipmentId, number: orderNumber, orderId, trackingNumber },
});
