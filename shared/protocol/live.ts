import { z } from 'zod';

/** What lists and pages show; each is a list of the API. */
export const TOPICS = [
  'returns',
  'rtv-batches',
  'orders',
  'special-jobs',
  'goods-in',
  'articles',
  'charges',
  'runs',
  'invoices',
  'payments',
  'direct-debits',
  'dunning',
  'exports',
  'line-disputes',
  'storage-snapshots',
  'messages',
  'imports',
  'merchants',
  'contracts',
  'rate-cards',
  'connections',
  'notes',
] as const;
export type Topic = (typeof TOPICS)[number];

/** That something changed, never what: whoever may see it reads it again. */
export const changeNotice = z.strictObject({
  topic: z.enum(TOPICS),
  id: z
    .string()
    .max(100)
    .nullable()
    .meta({ description: 'Of the resource; null when it was many, or none in particular' }),
  merchantId: z.uuid().nullable().meta({ description: 'Null for what belongs to no merchant: that is for staff only' }),
  version: z.int().optional(),
});
export type ChangeNotice = z.output<typeof changeNotice>;

/** Broadcast after commits with `{ notices }`; losing it costs latency only. */
export const CHANGED = 'live.changed';
export const changedPayload = z.object({ notices: z.array(changeNotice) });

/**
 * What an audit action is about, by the word before its dot. `null`: nothing that a list shows. A word in the plural
 * stands for many at once.
 */
export const TOPIC_OF_ACTION: Record<string, Topic | null> = {
  return: 'returns',
  returns: 'returns',
  item: 'returns',
  items: 'returns',
  'rtv-batch': 'rtv-batches',
  order: 'orders',
  'special-job': 'special-jobs',
  'goods-in': 'goods-in',
  'special-job-catalogue': null,
  packaging: null,
  'carrier-invoice': null,
  'carrier-line': null,
  article: 'articles',
  articles: 'articles',
  charge: 'charges',
  charges: 'charges',
  'billing-run': 'runs',
  invoice: 'invoices',
  payment: 'payments',
  mandate: 'direct-debits',
  'direct-debit': 'direct-debits',
  collection: 'direct-debits',
  dunning: 'dunning',
  credit: 'payments',
  'bank-statement': 'payments',
  'bank-entry': 'payments',
  'line-dispute': 'line-disputes',
  'storage-snapshots': 'storage-snapshots',
  'storage-policy': null,
  'accounting-settings': null,
  'debtor-account': null,
  export: 'exports',
  stock: null,
  message: 'messages',
  import: 'imports',
  merchant: 'merchants',
  contract: 'contracts',
  'rate-card': 'rate-cards',
  connection: 'connections',
  note: 'notes',
  'api-key': null,
  user: null,
  session: null,
  'dead-event': null,
  'dead-events': null,
  'self-check': null,
  'mapping-profile': null,
  'return-phrase': null,
  'return-checklist': null,
  issuer: null,
  'message-setting': null,
  'message-template': null,
};

/**
 * What else shows a change: how much of an invoice is open follows the money. Merchants hear of their invoices, and of no
 * payment.
 */
export const TOPIC_ALSO: Partial<Record<Topic, Topic>> = { payments: 'invoices' };

/** What a consumer makes of the events of a merchant, by the beginning of its name. */
export const TOPIC_OF_CONSUMER: Record<string, Topic> = {
  'billing.charge': 'charges',
  'billing.take': 'charges',
  'billing.correct': 'charges',
  'billing.note': 'invoices',
  'notifications.tell': 'messages',
};

/** What an event is about, by the beginning of its type, for transactions that write no audit row. */
export const TOPIC_OF_EVENT: Record<string, Topic | null> = {
  'identity.merchant': null,
  'orders.order': 'orders',
  'orders.shipment': 'orders',
  'orders.carrier': 'charges',
  'orders.special': 'special-jobs',
  'orders.goods': 'goods-in',
  'orders.article': 'articles',
  'returns.charges': 'returns',
  'returns.return': 'returns',
  'returns.item': 'returns',
  'returns.decision': 'returns',
  'returns.batch': 'rtv-batches',
  'returns.quarantine': 'returns',
  'billing.invoice': 'invoices',
  'billing.direct': 'direct-debits',
  'billing.dunning': 'dunning',
  'billing.line': 'line-disputes',
  'merchants.merchant': 'merchants',
  'notifications.message': 'messages',
};
