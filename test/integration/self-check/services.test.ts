import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { listCarrierLines } from '../../../services/orders/use-cases/carrier-invoices/list-carrier-invoices.ts';
import { recordCarrierInvoice } from '../../../services/orders/use-cases/carrier-invoices/record-carrier-invoice.ts';
import {
  matchCarrierLine,
  reopenCarrierLine,
} from '../../../services/orders/use-cases/carrier-invoices/settle-carrier-line.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { createSpecialJob } from '../../../services/orders/use-cases/special-jobs/create-special-job.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { signOffSpecialJob } from '../../../services/orders/use-cases/special-jobs/sign-off-special-job.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { closeBatch, dispatchBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { CheckedService } from '../../../shared/protocol/self-check/index.ts';
import { ready } from '../../support/mail-samples.ts';
import { merchantsTestDeps, newMerchant } from '../../support/merchants.ts';
import { notificationsFixture } from '../../support/notifications.ts';
import { merchantSnapshot, newId, ordersFixture, staff } from '../../support/orders.ts';
import { askingMerchant, inspectedReturn } from '../../support/questions.ts';
import { returnsWorld } from '../../support/returns-world.ts';
import { worker } from '../../support/returns.ts';
import { dock } from '../../support/goods-in.ts';
import { corrupt, findings, QUERIES } from '../../support/self-check.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';

const { database, fixture, desk } = returnsWorld();
const NOW = new Date('2026-11-20T08:00:00Z');
const SERVICES: CheckedService[] = ['returns', 'orders', 'merchants', 'notifications', 'sync'];
const ids: Record<string, string> = {};
const ends: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())));

/** Everything through the use cases that write it. */
beforeAll(async () => {
  await goodsComeBack();
  await merchantsDecide();
  await ordersGoOut();
  await merchantsJoin();
  await invoicesAreMailed();
});

/** One return whose goods left with a batch, one whose goods wait in the next. */
async function goodsComeBack() {
  const merchantId = await fixture.merchant();
  for (const name of ['gone', 'here']) {
    const { id } = await desk.readyToComplete(merchantId);
    const [item] = (await completeReturn(fixture.deps, { id }, worker)).items;
    Object.assign(ids, { [`${name}Return`]: id, [`${name}Item`]: item!.id, [`${name}Batch`]: item!.rtvBatchId! });
    const [kind] = await database.query<{ kind: string }>('select kind from returns.return where id = $1', [id]);
    ids[`${name}Kind`] = kind!.kind;
    if (name === 'here') return;
    await closeBatch(fixture.deps, { id: item!.rtvBatchId! }, worker);
    const shipment = { carrier: 'DHL', trackingNumber: '00340', parcels: 1, weightGrams: 800 };
    await dispatchBatch(fixture.deps, { id: item!.rtvBatchId!, ...shipment }, worker);
  }
}

/** One piece that the inspection put back into stock, one that was disposed of by a later decision. */
async function merchantsDecide() {
  const asked = await inspectedReturn(fixture, desk, await askingMerchant(fixture), 'A', 'C');
  const [stocked, questioned] = asked.items;
  const decision = { id: asked.id, itemId: questioned!.id, disposition: 'dispose' as const, reason: 'on the phone' };
  await decideItem(fixture.deps, decision, worker);
  Object.assign(ids, { stockedItem: stocked!.id, settledItem: questioned!.id });
}

async function ordersGoOut() {
  const orders = await ordersFixture(database);
  ends.push(orders.close);
  const merchant = merchantSnapshot();
  orders.merchants.push(merchant);
  const given = {
    merchantId: merchant.merchantId,
    channel: 'shop',
    externalNumber: 'N-1',
    country: 'DE',
    lines: [{ sku: 'A', name: 'Tasse', quantity: 3 }],
  };
  const order = await createOrder(orders.deps, parseInput(ordersActions.createOrder, given) as never, staff);
  const shipped = {
    id: order.id,
    weightGrams: 500,
    trackingNumber: 'T-1',
    lines: [{ orderLineId: order.lines[0]!.id, quantity: 2 }],
  };
  await shipOrder(orders.deps, parseInput(ordersActions.shipOrder, shipped) as never, staff);
  const job = {
    merchantId: merchant.merchantId,
    code: 'relabel',
    description: 'Relabel',
    unit: 'piece' as const,
    quantity: '12',
  };
  const { id } = await createSpecialJob(orders.deps, { id: newId(), ...job }, staff);
  await signOffSpecialJob(orders.deps, { id }, staff);
  const [shipment] = await database.query<{ id: string }>('select id from orders.shipment');
  const desk = dock(orders.deps);
  const delivery = await desk.counted(merchant.merchantId, [{ sku: 'A', receivedQuantity: 9, damagedQuantity: 1 }]);
  await desk.close(delivery.id);
  ids['delivery'] = delivery.id;
  const lines = ['T-1', 'T-2'].map((trackingNumber) => ({ trackingNumber, amountMinor: 450 }));
  const billed = { carrier: 'DHL', number: 'R-1', invoicedOn: '2026-10-14', lines };
  const invoice = parseInput(ordersActions.recordCarrierInvoice, billed) as never;
  ids['carrierInvoice'] = (await recordCarrierInvoice(orders.deps, invoice, staff)).id;
  const { items } = await listCarrierLines(orders.deps, { limit: 5 }, staff);
  const [kept, moved] = ['T-1', 'T-2'].map(
    (number) => items.find(({ trackingNumber }) => trackingNumber === number)!.id,
  );
  Object.assign(ids, { kept, moved });
  await matchCarrierLine(orders.deps, { id: moved!, shipmentId: shipment!.id }, staff);
  await reopenCarrierLine(orders.deps, { id: moved!, reason: 'x' }, staff);
  Object.assign(ids, { order: order.id, orderLine: order.lines[0]!.id, job: id, shipment: shipment!.id });
}

async function merchantsJoin() {
  const merchants = await merchantsTestDeps(database);
  ends.push(() => merchants.orm.close());
  await newMerchant(merchants);
  ids['merchant'] = (await newMerchant(merchants)).id;
}

async function invoicesAreMailed() {
  const mails = await notificationsFixture(database);
  const sink = await startSmtpSink();
  ends.push(mails.close, () => sink.close());
  mails.deps.mailer = smtpMailer(sink.url);
  const {
    key: objectKey,
    sha256,
    bytes,
  } = await mails.deps.store.putContent('invoices', Buffer.from('%PDF-1.7'), 'pdf');
  await mails.arrive();
  await mails.announce(invoiceDocumentReadyV1, ready({ pdf: { objectKey, sha256, bytes, filename: 'x.pdf' } }));
  await mails.consumeAll();
  while (await sendDue(mails.deps));
  const [message] = await database.query<{ id: string }>(`select id from notifications.message where state = 'sent'`);
  Object.assign(ids, { invoice: ready().invoiceId, message: message!.id });
  const [event] = await database.query<{ id: string }>(
    `select id from messaging.event where type = 'merchants.merchant-changed.v1' order by recorded_at desc limit 1`,
  );
  ids['event'] = event!.id;
}

const found = () => findings(database, NOW, SERVICES);
const fill = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name] ?? name);
const hide = (type: string, where: string, [along = 'select 1', back = 'select 1'] = [] as string[]) => [
  `update messaging.event set type = 'gone' where type = '${type}' and ${where}; ${along}`,
  `update messaging.event set type = '${type}' where type = 'gone'; ${back}`,
];

/** What is done to one row, how it is made good again, and everything that is reported meanwhile. */
const CASES: [title: string, id: string, steps: string[], reported: Record<string, string[]>][] = [
  [
    'goods of a dispatched batch count as in the house',
    'I17.batch',
    [
      `update returns.return_item set state = 'in_rtv_batch' where id = '$goneItem'`,
      `update returns.return_item set state = 'returned_to_merchant' where id = '$goneItem'`,
    ],
    { 'I17.batch': ['$goneItem'], 'I19.ended': ['$goneItem'] },
  ],
  [
    'another number of pieces was told than left',
    'I18.pieces',
    [
      `update messaging.event set payload = jsonb_set(payload, '{pieces}', '2') where type = 'returns.batch-dispatched.v1'`,
      `update messaging.event set payload = jsonb_set(payload, '{pieces}', '1') where type = 'returns.batch-dispatched.v1'`,
    ],
    { 'I18.pieces': ['$goneBatch'] },
  ],
  [
    'a piece was left over after the inspection',
    'I19.graded',
    [
      `update returns.return_item set state = 'received', rtv_batch_id = null where id = '$hereItem'`,
      `update returns.return_item set state = 'in_rtv_batch', rtv_batch_id = '$hereBatch' where id = '$hereItem'`,
    ],
    { 'I19.graded': ['$hereItem'] },
  ],
  [
    'a completed return has a piece that is refurbished',
    'I19.ended',
    [
      `update returns.return_item set state = 'refurbishing', rtv_batch_id = null where id = '$goneItem'`,
      `update returns.return_item set state = 'returned_to_merchant', rtv_batch_id = '$goneBatch' where id = '$goneItem'`,
    ],
    { 'I19.ended': ['$goneItem'], 'I18.pieces': ['$goneBatch'] },
  ],
  [
    'an inspection was never announced',
    'I24.inspected',
    hide('returns.return-inspected.v1', `payload ->> 'returnId' = '$hereReturn'`),
    { 'I24.inspected': ['$hereReturn'] },
  ],
  [
    'an undeliverable parcel came back and nobody was told',
    'I24.received',
    hide('returns.return-received.v1', `payload ->> 'returnId' = '$hereReturn'`, [
      `update returns.return set kind = 'undeliverable' where id = '$hereReturn'`,
      `update returns.return set kind = '$hereKind' where id = '$hereReturn'`,
    ]),
    { 'I24.received': ['$hereReturn'] },
  ],
  [
    'a return costs something else since and nobody was told',
    'I24.charged',
    [
      `update returns.return set charge_revision = charge_revision + 1 where id = '$hereReturn'`,
      `update returns.return set charge_revision = charge_revision - 1 where id = '$hereReturn'`,
    ],
    { 'I24.charged': ['$hereReturn'] },
  ],
  [
    'a day of quarantine was counted and nobody was told',
    'I24.quarantine',
    [
      `insert into returns.quarantine_day (item_id, day, merchant_id, quantity) select id, '2026-11-01', merchant_id, 1 from returns.return_item where id = '$hereItem'`,
      `delete from returns.quarantine_day`,
    ],
    { 'I24.quarantine': ['$hereItem:2026-11-01'] },
  ],
  [
    'goods were thrown away by a decision that nobody was told of',
    'I24.settled',
    hide('returns.item-settled.v1', 'true'),
    { 'I24.settled': ['$settledItem'] },
  ],
  [
    'goods were put back into stock by an inspection that told nobody of them',
    'I24.settled',
    [
      `update messaging.event set payload = jsonb_set(payload, '{items,0,disposition}', '"hold"') where type = 'returns.return-inspected.v1' and payload #>> '{items,0,itemId}' = '$stockedItem'`,
      `update messaging.event set payload = jsonb_set(payload, '{items,0,disposition}', '"restock"') where type = 'returns.return-inspected.v1' and payload #>> '{items,0,itemId}' = '$stockedItem'`,
    ],
    { 'I24.settled': ['$stockedItem'] },
  ],
  [
    'a dispatch was never announced',
    'I24.dispatched',
    hide('returns.batch-dispatched.v1', 'true'),
    { 'I24.dispatched': ['$goneBatch'] },
  ],
  [
    'a return counts a photo that is not there',
    'I26.photos',
    [
      `update returns.return set photo_count = photo_count + 1 where id = '$hereReturn'`,
      `update returns.return set photo_count = photo_count - 1 where id = '$hereReturn'`,
    ],
    { 'I26.photos': ['$hereReturn'] },
  ],
  [
    'goods were checked in a batch they are not in',
    'I27.checks',
    [
      `insert into returns.rtv_check (item_id, batch_id, merchant_id, checked_at, checked_by)
         select '$goneItem', id, merchant_id, now(), 'test' from returns.rtv_batch where id = '$hereBatch'`,
      `delete from returns.rtv_check`,
    ],
    { 'I27.checks': ['$goneItem'] },
  ],
  [
    'an order counts a piece too many',
    'I19.shipped',
    [`update orders.shipment_line set quantity = 1`, `update orders.shipment_line set quantity = 2`],
    { 'I19.shipped': ['$orderLine'] },
  ],
  [
    'an order counts as shipped while a piece is open',
    'I20.order',
    [
      `update orders."order" set state = 'shipped' where id = '$order'`,
      `update orders."order" set state = 'partially_shipped' where id = '$order'`,
    ],
    { 'I20.order': ['$order'] },
  ],
  [
    'a shipment was never announced',
    'I24.shipped',
    hide('orders.order-shipped.v1', 'true'),
    { 'I24.shipped': ['$shipment'] },
  ],
  [
    'a shipment was called back and nobody was told',
    'I24.cancelled',
    [
      `with back as (update orders.order_line set shipped_quantity = 0), again as (update orders."order" set state = 'open')
       update orders.shipment set cancelled_at = now(), cancelled_on = '2026-10-15', cancel_reason = 'x', restocked = true`,
      `with out as (update orders.order_line set shipped_quantity = 2), again as (update orders."order" set state = 'partially_shipped')
       update orders.shipment set cancelled_at = null, cancelled_on = null, cancel_reason = null, restocked = null`,
    ],
    { 'I24.cancelled': ['$shipment'] },
  ],
  [
    'a shipment became the first of its order and nobody was told',
    'I24.corrected',
    [`update orders.shipment set revision = 1`, `update orders.shipment set revision = 0`],
    { 'I24.corrected': ['$shipment'] },
  ],
  [
    'a line of a carrier has its shipment and billing was not told',
    'I24.carrier-line',
    hide('orders.carrier-line-matched.v1', `payload ->> 'lineId' = '$kept'`),
    { 'I24.carrier-line': ['$kept'] },
  ],
  [
    'a line of a carrier has another amount than was told',
    'I24.carrier-line',
    [
      `update orders.carrier_line set amount_minor = 451 where id = '$kept'; update orders.carrier_invoice set amount_minor = 901`,
      `update orders.carrier_line set amount_minor = 450 where id = '$kept'; update orders.carrier_invoice set amount_minor = 900`,
    ],
    { 'I24.carrier-line': ['$kept'] },
  ],
  [
    'a line of a carrier was taken back and billing was not told',
    'I24.carrier-line',
    hide('orders.carrier-line-reopened.v1', 'true'),
    { 'I24.carrier-line': ['$moved'] },
  ],
  [
    'an invoice of a carrier counts a line too many',
    'I19.carrier',
    [`update orders.carrier_invoice set line_count = 3`, `update orders.carrier_invoice set line_count = 2`],
    { 'I19.carrier': ['$carrierInvoice'] },
  ],
  [
    'a signed-off job was never announced',
    'I24.job',
    hide('orders.special-job-signed-off.v1', 'true'),
    { 'I24.job': ['$job'] },
  ],
  [
    'a closed delivery is not what was booked of it',
    'I19.goods-in',
    [
      `update orders.goods_in_line set received_quantity = 10 where goods_in_id = '$delivery'`,
      `update orders.goods_in_line set received_quantity = 9 where goods_in_id = '$delivery'`,
    ],
    { 'I19.goods-in': ['$delivery'] },
  ],
  [
    'a closed delivery was never announced',
    'I24.goods-in',
    hide('orders.goods-in-closed.v1', 'true'),
    { 'I24.goods-in': ['$delivery'] },
  ],
  [
    'a merchant changed and nobody was told',
    'I24.merchant',
    [
      `update merchants.merchant set snapshot_version = snapshot_version + 1 where id = '$merchant'`,
      `update merchants.merchant set snapshot_version = snapshot_version - 1 where id = '$merchant'`,
    ],
    { 'I24.merchant': ['$merchant'] },
  ],
  [
    'an invoice was not mailed',
    'I25.mailed',
    [
      `update notifications.message set kind = 'digest' where id = '$message'`,
      `update notifications.message set kind = 'invoiceReady' where id = '$message'`,
    ],
    { 'I25.mailed': ['$invoice'] },
  ],
  [
    'the mail of an invoice waits and nobody tries',
    'I25.mailed',
    [
      `update notifications.message set state = 'queued', next_at = now() - interval '61 minutes' where id = '$message'`,
      `update notifications.message set state = 'sent', next_at = null where id = '$message'`,
    ],
    { 'I25.mailed': ['$invoice'] },
  ],
  [
    'an invoice was mailed that does not exist',
    'I25.invoice',
    hide('billing.invoice-document-ready.v1', 'true'),
    { 'I25.invoice': ['$message'] },
  ],
  [
    'a mail counts as sent and was never tried',
    'I25.sent',
    [`update notifications.attempt set outcome = 'deferred'`, `update notifications.attempt set outcome = 'sent'`],
    { 'I25.sent': ['$message'] },
  ],
  [
    'the mail of an invoice was never confirmed',
    'I25.unconfirmed',
    [
      `update notifications.message set state = 'unconfirmed' where id = '$message'`,
      `update notifications.message set state = 'sent' where id = '$message'`,
    ],
    { 'I25.unconfirmed': ['$message'] },
  ],
  [
    'a mail counts as come back and nobody reported it',
    'I25.bounced',
    [
      `update notifications.message set state = 'bounced', bounced_by = 'report' where id = '$message'`,
      `update notifications.message set state = 'sent', bounced_by = null where id = '$message'`,
    ],
    { 'I25.bounced': ['$message'] },
  ],
  [
    'the mailbox for bounces cannot be read',
    'I25.mailbox',
    [
      `insert into notifications.bounce_mailbox (tried_at, failing_since, error) values (now(), now() - interval '61 minutes', 'refuses the log-in')`,
      `delete from notifications.bounce_mailbox`,
    ],
    { 'I25.mailbox': ['mailbox'] },
  ],
  [
    'an event is waiting and nobody tries',
    'I21.overdue',
    [
      `update messaging.event set recorded_at = recorded_at - interval '1 hour' where id = '$event';
       update messaging.delivery set next_at = next_at - interval '1 hour' where event_id = '$event' and consumer = 'returns.know-merchants'`,
      `update messaging.event set recorded_at = recorded_at + interval '1 hour' where id = '$event';
       update messaging.delivery set next_at = next_at + interval '1 hour' where event_id = '$event' and consumer = 'returns.know-merchants'`,
    ],
    { 'I21.overdue': ['returns.know-merchants:$event'] },
  ],
  [
    'a failed event was left lying',
    'I23.parked',
    [
      `update messaging.delivery set parked_at = now() - interval '25 hours' where event_id = '$event' and consumer = 'returns.know-merchants'`,
      `update messaging.delivery set parked_at = null where event_id = '$event' and consumer = 'returns.know-merchants'`,
    ],
    { 'I23.parked': ['returns.know-merchants:$event'] },
  ],
  [
    'an event is missing at a consumer',
    'I24.deliveries',
    [
      `delete from messaging.delivery where event_id = '$event' and consumer = 'returns.know-merchants'`,
      `insert into messaging.delivery (consumer, event_id, occurred_at) values ('returns.know-merchants', '$event', now())`,
    ],
    { 'I24.deliveries': ['returns.know-merchants:$event'] },
  ],
  [
    'a table lost its walls',
    'I28.walls',
    [
      `alter table returns.return_item no force row level security`,
      `alter table returns.return_item force row level security`,
    ],
    { 'I28.walls': ['returns.return_item'] },
  ],
  [
    'a policy lets everybody in',
    'I28.walls',
    [`create policy everybody on returns.return_item using (true)`, `drop policy everybody on returns.return_item`],
    { 'I28.walls': ['returns.return_item'] },
  ],
  ...(
    [
      ['orders.order-shipped.v1', 'shipmentId', 'I24.shipped', 'shipment'],
      ['orders.special-job-signed-off.v1', 'specialJobId', 'I24.job', 'job'],
      ['orders.goods-in-closed.v1', 'goodsInId', 'I24.goods-in', 'delivery'],
      ['returns.batch-dispatched.v1', 'batchId', 'I24.dispatched', 'goneBatch'],
    ] as const
  ).map(([type, field, id, name]): (typeof CASES)[number] => [
    `the announcement ${type} does not say of what`,
    id,
    [
      `update messaging.event set payload = payload - '${field}' || jsonb_build_object('gone', payload -> '${field}') where type = '${type}'`,
      `update messaging.event set payload = payload - 'gone' || jsonb_build_object('${field}', payload -> 'gone') where type = '${type}'`,
    ],
    { [id]: [`$${name}`] },
  ]),
];

test('X8 nothing is reported of data that the services wrote', async () => {
  expect(await found()).toEqual({});
});

test.each(CASES)('X8 %s: %s', async (_title, id, [corruption, repair], reported) => {
  await corrupt(database, fill(corruption!));
  const expected = Object.fromEntries(Object.entries(reported).map(([key, rows]) => [key, rows.map(fill)]));
  expect(expected).toHaveProperty([id]);
  expect(await found()).toEqual(expected);
  await corrupt(database, fill(repair!));
  expect(await found()).toEqual({});
});

test('X8 each invariant of these services that is looked for has a row that was corrupted', () => {
  const searched = SERVICES.flatMap((service) => Object.keys(QUERIES[service]));
  expect([...new Set(CASES.map(([, id]) => id))].toSorted()).toEqual(searched.toSorted());
});
