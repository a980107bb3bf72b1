import { lineDisputeAnsweredV1 } from './billing/dispute-events.ts';
import { directDebitAnnouncedV1 } from './billing/direct-debit-events.ts';
import { dunningLetterReadyV1, invoiceDocumentReadyV1, invoiceFinalizedV1 } from './billing/events.ts';
import { merchantAccessChangedV1 } from './identity/events.ts';
import { merchantChangedV1 } from './merchants/events.ts';
import { messageDeliveredV1 } from './notifications/events.ts';
import { articleChangedV1 } from './orders/articles.ts';
import { goodsInClosedV1 } from './orders/goods-in.ts';
import { carrierLineMatchedV1, carrierLineReopenedV1 } from './orders/carrier-invoices.ts';
import { orderShippedV1, shipmentCancelledV1, shipmentCorrectedV1, specialJobSignedOffV1 } from './orders/events.ts';
import { specialJobChangedV1 } from './orders/special-jobs.ts';
import {
  batchDispatchedV1,
  chargesMovedV1,
  decisionRequestedV1,
  itemSettledV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnProgressedV1,
  returnReceivedV1,
} from './returns/events.ts';

/**
 * Who listens to what. `announce` makes one delivery per line in the producer's transaction, so a name that is added
 * here needs a migration that back-fills its deliveries, and one that is removed leaves its open ones visible.
 * Named `<service>.<what-it-does>`.
 */
export const CONSUMERS = {
  'orders.know-merchants': merchantChangedV1.type,
  'orders.restock-returned-goods': returnInspectedV1.type,
  'orders.restock-settled-items': itemSettledV1.type,
  'returns.know-merchants': merchantChangedV1.type,
  'returns.know-shipped-orders': orderShippedV1.type,
  'returns.know-cancelled-shipments': shipmentCancelledV1.type,
  'returns.know-articles': articleChangedV1.type,
  'billing.know-merchants': merchantChangedV1.type,
  'billing.know-merchant-users': merchantAccessChangedV1.type,
  'billing.know-returns': returnProgressedV1.type,
  'billing.know-special-jobs': specialJobChangedV1.type,
  'billing.charge-shipments': orderShippedV1.type,
  'billing.charge-corrected-shipments': shipmentCorrectedV1.type,
  'billing.charge-cancelled-shipments': shipmentCancelledV1.type,
  'billing.charge-carrier-lines': carrierLineMatchedV1.type,
  'billing.take-back-carrier-lines': carrierLineReopenedV1.type,
  'billing.charge-undeliverables': returnReceivedV1.type,
  'billing.charge-inspections': returnInspectedV1.type,
  'billing.charge-settled-items': itemSettledV1.type,
  'billing.correct-moved-goods': chargesMovedV1.type,
  'billing.charge-batches': batchDispatchedV1.type,
  'billing.charge-quarantine': quarantineAccruedV1.type,
  'billing.charge-goods-in': goodsInClosedV1.type,
  'billing.charge-special-jobs': specialJobSignedOffV1.type,
  'billing.note-invoice-delivery': messageDeliveredV1.type,
  'notifications.know-merchants': merchantChangedV1.type,
  'notifications.tell-order-shipped': orderShippedV1.type,
  'notifications.tell-return-received': returnReceivedV1.type,
  'notifications.tell-return-inspected': returnInspectedV1.type,
  'notifications.tell-decision-requested': decisionRequestedV1.type,
  'notifications.tell-batch-dispatched': batchDispatchedV1.type,
  'notifications.tell-job-approval-asked': specialJobChangedV1.type,
  'notifications.tell-dispute-answered': lineDisputeAnsweredV1.type,
  'notifications.tell-invoice-ready': invoiceDocumentReadyV1.type,
  'notifications.tell-direct-debit-announced': directDebitAnnouncedV1.type,
  'notifications.tell-dunning-notice': dunningLetterReadyV1.type,
  'sync.know-merchants': merchantChangedV1.type,
  'sync.send-order-shipped': orderShippedV1.type,
  'sync.send-shipment-cancelled': shipmentCancelledV1.type,
  'sync.send-return-inspected': returnInspectedV1.type,
  'sync.send-batch-dispatched': batchDispatchedV1.type,
  'sync.send-invoice-finalized': invoiceFinalizedV1.type,
} as const satisfies Record<`${string}.${string}`, string>;

export type ConsumerName = keyof typeof CONSUMERS;

const byType = Map.groupBy(Object.entries(CONSUMERS) as [ConsumerName, string][], ([, type]) => type);

/** Names of the consumers of an event type. */
export const consumersOf = (type: string): ConsumerName[] => (byType.get(type) ?? []).map(([name]) => name);
