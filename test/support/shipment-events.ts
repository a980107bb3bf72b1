import type { z } from 'zod';
import {
  chargeCancelledShipments,
  chargeCarrierLines,
  chargeCorrectedShipments,
  chargeShipments,
  takeBackCarrierLines,
} from '../../services/billing/use-cases/charges/charge-shipments.ts';
import type { ConsumerTx } from '../../shared/messaging/consumer.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { carrierLineMatchedV1 } from '../../shared/protocol/orders/carrier-invoices.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { orderShippedV1, shipmentCancelledV1, shipmentCorrectedV1 } from '../../shared/protocol/orders/events.ts';
import { shipment } from './billing-events.ts';
import type { BillingWorld } from './billing-world.ts';

type Shipped = z.output<typeof orderShippedV1.payload>;

/** The fact that a shipment was called back. */
export const cancelled = (
  shipped: Shipped,
  overrides: Partial<z.input<typeof shipmentCancelledV1.payload>> = {},
): z.output<typeof shipmentCancelledV1.payload> =>
  shipmentCancelledV1.payload.parse({
    ...shipped,
    ...{ revision: 1, cancelledAt: '2026-10-16T10:00:00Z', cancelledOn: '2026-10-16' },
    ...{ reason: 'Kunde storniert', restocked: true },
    ...overrides,
  });

/** The fact that a shipment became the first of its order. */
export const promoted = (shipped: Shipped, revision = 1): z.output<typeof shipmentCorrectedV1.payload> =>
  shipmentCorrectedV1.payload.parse({ ...shipped, firstShipment: true, revision });

/** The fact that a carrier billed something for a shipment; cents, negative for what it gives back. */
export const billedByCarrier = (
  { merchantId, shipmentId, orderId, orderNumber, channel, country, weightGrams, serviceDate }: Shipped,
  amountMinor: number,
  overrides: Partial<z.input<typeof carrierLineMatchedV1.payload>> = {},
): z.output<typeof carrierLineMatchedV1.payload> =>
  carrierLineMatchedV1.payload.parse({
    ...{ merchantId, shipmentId, orderId, orderNumber, channel, country, weightGrams, serviceDate },
    ...{ lineId: uuidv7(new Date()), carrier: 'DHL', invoiceNumber: 'DHL-77', invoicedOn: '2027-04-08', line: 1 },
    ...{ trackingNumber: '0034', kind: 'oversize', text: '', amountMinor, currency: 'EUR' },
    ...overrides,
  });

/** Lets billing hear of shipments as its consumers do, one transaction each. */
export function shipmentsOf({ deps }: Pick<BillingWorld, 'deps'>, merchantId: string) {
  const hear = (charge: (em: ConsumerTx) => Promise<void>) =>
    transact(deps, serviceActor('billing', 'test'), (em) => charge({ em } as ConsumerTx));
  const envelopes = <Payload>(payloads: readonly Payload[]) => payloads.map((payload) => ({ payload })) as never[];
  return {
    /** A shipment of a day, not told of yet. */
    of: (day: string, overrides: Parameters<typeof shipment>[0] = {}): Shipped =>
      shipment({ merchantId, serviceDate: day, shippedAt: `${day}T10:00:00Z`, ...overrides }),
    shipped: (...payloads: Shipped[]) => hear((tx) => chargeShipments(deps, tx, envelopes(payloads))),
    corrected: (...payloads: object[]) => hear((tx) => chargeCorrectedShipments(deps, tx, envelopes(payloads))),
    billed: (...payloads: object[]) => hear((tx) => chargeCarrierLines(deps, tx, envelopes(payloads))),
    takenBack: (...payloads: object[]) => hear((tx) => takeBackCarrierLines(deps, tx, envelopes(payloads))),
    cancelled: (...payloads: object[]) => hear((tx) => chargeCancelledShipments(deps, tx, envelopes(payloads))),
  };
}
