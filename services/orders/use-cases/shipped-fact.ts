import type { z } from 'zod';
import type { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { pieces } from '../domain/shipping.ts';
import { groupsAmong, type ArticleGroups } from '../persistence/article-groups.ts';
import type { NewShipment } from '../persistence/shipments.ts';

interface ShippedOrder {
  id: string;
  merchantId: string;
  channel: string;
  externalNumber: string;
  country: string;
}

/** The fact that others get to know of a shipment. */
export function shippedFact(
  order: ShippedOrder,
  shipment: NewShipment,
  orderLines: readonly { id: string; sku: string; name: string }[],
  groups: ArticleGroups,
): z.input<typeof orderShippedV1.payload> {
  const byId = new Map(orderLines.map((line) => [line.id, line]));
  const skus = shipment.lines.map(({ orderLineId }) => byId.get(orderLineId)!.sku);
  return {
    merchantId: order.merchantId,
    orderId: order.id,
    orderNumber: order.externalNumber,
    channel: order.channel,
    shipmentId: shipment.id,
    firstShipment: shipment.firstOfOrder,
    shippedAt: shipment.shippedAt,
    serviceDate: shipment.serviceDate,
    carrier: shipment.carrier,
    trackingNumber: shipment.trackingNumber,
    country: order.country,
    weightGrams: shipment.weightGrams,
    parcels: shipment.parcels,
    pieces: pieces(shipment.lines),
    tags: groupsAmong(groups, order.merchantId, skus),
    packaging: byCode(shipment.packaging),
    lines: shipment.lines.map(({ orderLineId, quantity, serialNumbers = [], batchNumber }) => {
      const { sku, name } = byId.get(orderLineId)!;
      return {
        ...{ orderLineId, sku, name, quantity },
        ...(serialNumbers.length ? { serialNumbers } : {}),
        ...(batchNumber === undefined ? {} : { batchNumber }),
      };
    }),
  };
}

/** Each code once, whatever parcels it is on. */
function byCode(packaging: NewShipment['packaging']): { code: string; quantity: number }[] {
  const sums = new Map<string, number>();
  for (const { code, quantity } of packaging) sums.set(code, (sums.get(code) ?? 0) + quantity);
  return [...sums].map(([code, quantity]) => ({ code, quantity })).toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
