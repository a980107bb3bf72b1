import type { ConsumerTx } from '../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../shared/protocol/define.ts';
import type { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import type { articleChangedV1 } from '../../shared/protocol/orders/articles.ts';
import type { orderShippedV1, shipmentCancelledV1 } from '../../shared/protocol/orders/events.ts';
import { knowArticles } from './persistence/articles.ts';
import { knowMerchants } from './persistence/merchants.ts';
import { forgetShipments } from './persistence/cancelled-shipments.ts';
import { knowShipments } from './persistence/shipments.ts';

/** Keeps what the rules and papers of returns need of merchants. */
export const keepMerchants = ({ em }: ConsumerTx, events: EnvelopeOf<typeof merchantChangedV1>[]): Promise<void> =>
  knowMerchants(
    em,
    events.map(({ payload }) => payload),
  );

/** Keeps what was shipped, so that a return finds its order. */
export const keepShippedOrders = ({ em }: ConsumerTx, events: EnvelopeOf<typeof orderShippedV1>[]): Promise<void> =>
  knowShipments(
    em,
    events.map(({ payload }) => payload),
  );

/** What was called back before the carrier had it was never shipped, and can never come back. */
export const forgetCancelledShipments = (
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof shipmentCancelledV1>[],
): Promise<void> =>
  forgetShipments(
    em,
    events.map(({ payload }) => payload),
  );

/** Keeps what lookups, rules and inspections need of articles. */
export const keepArticles = ({ em }: ConsumerTx, events: EnvelopeOf<typeof articleChangedV1>[]): Promise<void> =>
  knowArticles(
    em,
    events.map(({ payload }) => payload),
  );
