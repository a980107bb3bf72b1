import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import type {
  orderShippedV1,
  shipmentCancelledV1,
  shipmentCorrectedV1,
} from '../../../../shared/protocol/orders/events.ts';
import type {
  carrierLineMatchedV1,
  carrierLineReopenedV1,
} from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { CARRIER_LINE, carrierLineCharges } from '../../domain/charge-types/carrier-surcharges.ts';
import { cancellationCharges, SHIPMENT, shipmentCharges, shipmentEvents } from '../../domain/charge-types/shipments.ts';
import { chargeCorrectable, chargeFacts, type Revision } from './charge-facts.ts';

type Deps = Pick<BillingDeps, 'rules' | 'now'>;

/** Also of a shipment that was called back before its news came here: its charges are born with their twins. */
export async function chargeShipments(deps: Deps, { em }: ConsumerTx, events: EnvelopeOf<typeof orderShippedV1>[]) {
  const shipments = events.map(({ payload }) => payload);
  const revisions = shipments.flatMap((shipment) => revisionsOf(shipment, 0));
  await chargeCorrectable(deps, em, SHIPMENT, revisions, shipments.flatMap(shipmentCharges));
}

/** A shipment that became the first of its order carries what is charged once per order from now on (D3). */
export async function chargeCorrectedShipments(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof shipmentCorrectedV1>[],
) {
  const shipments = events.map(({ payload }) => payload);
  await chargeCorrectable(
    deps,
    em,
    SHIPMENT,
    shipments.flatMap((shipment) => revisionsOf(shipment, shipment.revision)),
    shipments.flatMap(shipmentCharges),
  );
}

/** Takes back all that was charged of a shipment; what calling it back costs stands beside it (D4). */
export async function chargeCancelledShipments(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof shipmentCancelledV1>[],
) {
  const shipments = events.map(({ payload }) => payload);
  const revisions = shipments.flatMap((shipment) => revisionsOf(shipment, shipment.revision));
  await chargeCorrectable(deps, em, SHIPMENT, revisions, []);
  await chargeFacts(deps, em, shipments.flatMap(cancellationCharges));
}

/** What a carrier billed for a parcel, once per line of its invoice; a higher revision replaces it, whoever's it was. */
export async function chargeCarrierLines(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof carrierLineMatchedV1>[],
) {
  const lines = events.map(({ payload }) => payload);
  await chargeCorrectable(deps, em, CARRIER_LINE, lines.map(revisionOfLine), lines.flatMap(carrierLineCharges));
}

/** Takes back what was charged of lines that were given to the wrong shipment. */
export async function takeBackCarrierLines(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof carrierLineReopenedV1>[],
) {
  await chargeCorrectable(
    deps,
    em,
    CARRIER_LINE,
    events.map(({ payload }) => revisionOfLine(payload)),
    [],
  );
}

const revisionOfLine = ({
  lineId,
  merchantId,
  revision,
}: {
  lineId: string;
  merchantId: string;
  revision: number;
}) => ({
  ...{ sourceEvent: lineId, merchantId, revision },
});

const revisionsOf = (shipment: Parameters<typeof shipmentEvents>[0] & { merchantId: string }, revision: number) =>
  shipmentEvents(shipment).map((sourceEvent): Revision => ({ sourceEvent, merchantId: shipment.merchantId, revision }));
