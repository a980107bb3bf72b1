import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { corrupt, findings, QUERIES } from '../../support/self-check.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
let world: BillingWorld;
let [alpha, beta] = ['', ''];
const ids: Record<string, string> = {};

/** Two merchants billed for October: one by pieces and returns, one by a tiered price and with stock. */
beforeAll(async () => {
  world = await createBillingWorld();
  await world.database.query(`update billing.issuer set billing_starts_on = '2026-10-30'`);
  alpha = await world.addMerchant('Alpha GmbH');
  beta = await world.addMerchant('Beta GmbH', {}, { storageMethod: 'binDay', startsOn: '2026-10-30' });
  await world.addCharges([
    { merchantId: alpha, rule: 'pack', day: '2026-10-20' },
    { merchantId: alpha, rule: 'returnParcel', day: '2026-10-20' },
    { merchantId: beta, rule: 'pick', day: '2026-10-20', quantity: '120' },
  ]);
  await world.database.query(`update billing.charge set created_at = now() - interval '1 hour'`);
  for (const day of ['2026-10-30', '2026-10-31']) await storeDay(day);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  await happened();
  await remember();
});
afterAll(() => world.close());

async function storeDay(day: string) {
  const header = uuidOf('header', day);
  await world.database.query(
    `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by) values ($1, $2, 'main', $3, 'api', 'x', 'test')`,
    [header, beta, day],
  );
  await world.database.query(
    `insert into billing.storage_line (header_id, merchant_id, ordinal, bin, storage_type, quantity) values ($1, $2, 1, 'A-1', 'bin', 4)`,
    [header, beta],
  );
  await chargeOf('billing.storage', header, 'storage', beta, day);
}

/** An unbilled charge after the run, of an event. */
const chargeOf = (source: string, event: string, type: string, merchantId: string, day: string) =>
  world.database.query(
    `insert into billing.charge (id, merchant_id, source, source_event, charge_type, stream, section, service_date, currency, quantity, unit, state, state_reason,
       attributes, reference, trace) values (gen_random_uuid(), $1, $2, $3, $4, 'monthly', 'storage', $5, 'EUR', 1, 'piece', 'held', 'test', '{}', $6, '{}')`,
    [merchantId, source, event, type, day, { itemId: uuidOf('item') }],
  );

/** One event of each kind that is charged, handled, with its charges. */
async function happened() {
  const events: [string, string, object, [string, string, string[]][]][] = [
    [
      'orders.order-shipped.v1',
      'charge-shipments',
      { shipmentId: uuidOf('shipment'), firstShipment: true, pieces: 2 },
      [['orders.shipment', 'shipment', ['pack', 'freight', 'pick_first', 'pick_further']]],
    ],
    [
      'returns.return-received.v1',
      'charge-undeliverables',
      { returnId: uuidOf('return'), kind: 'undeliverable' },
      [['returns.receipt', 'return', ['return_undeliverable']]],
    ],
    [
      'returns.batch-dispatched.v1',
      'charge-batches',
      { batchId: uuidOf('batch') },
      [['returns.batch', 'batch', ['rtv_handling', 'rtv_freight']]],
    ],
    [
      'returns.quarantine-accrued.v1',
      'charge-quarantine',
      { itemId: uuidOf('item'), day: '2026-11-03' },
      [['returns.quarantine', 'quarantine', ['quarantine_storage']]],
    ],
    [
      'orders.special-job-signed-off.v1',
      'charge-special-jobs',
      { specialJobId: uuidOf('job'), revision: 0, quantity: '2' },
      [['orders.special-job', 'job', ['special_job']]],
    ],
    [
      'orders.goods-in-closed.v1',
      'charge-goods-in',
      { goodsInId: uuidOf('delivery'), revision: 0 },
      [['orders.goods-in', 'delivery', ['goods_in_pallet']]],
    ],
    [
      'returns.return-inspected.v1',
      'charge-inspections',
      { returnId: uuidOf('inspected'), kind: 'customer', revision: 0, parcels: 1, items: [{ quantity: 2 }] },
      [['returns.inspection', 'inspected', ['return_parcel', 'return_item']]],
    ],
  ];
  for (const [type, consumer, payload, charges] of events) {
    await world.database.query(
      `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, $2, $3, now(), $4, 'test')`,
      [uuidOf('event', type), type, alpha, payload],
    );
    await world.database.query(
      `insert into messaging.delivery (consumer, event_id, occurred_at, done_at) values ($1, $2, now(), now())`,
      [`billing.${consumer}`, uuidOf('event', type)],
    );
    for (const [source, event, types] of charges)
      for (const chargeType of types) await chargeOf(source, uuidOf(event), chargeType, alpha, '2026-11-03');
  }
  await world.database.query(
    `insert into billing.charge_source (source, source_event, merchant_id, revision) values ('returns.inspection', $1, $2, 0)`,
    [uuidOf('inspected'), alpha],
  );
  await carriersBilled();
}

/** A line of a carrier with its surcharge, one that was taken back, and a shipment that was called back. */
async function carriersBilled() {
  const told = async (type: string, consumer: string, name: string, payload: object) => {
    await world.database.query(
      `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, $2, $3, now(), $4, 'test')`,
      [uuidOf('event', type, name), type, alpha, payload],
    );
    await world.database.query(
      `insert into messaging.delivery (consumer, event_id, occurred_at, done_at) values ($1, $2, now(), now())`,
      [`billing.${consumer}`, uuidOf('event', type, name)],
    );
  };
  const line = (name: string) => ({ lineId: uuidOf('carrier', name), revision: 0, amountMinor: 1_000 });
  await told('orders.carrier-line-matched.v1', 'charge-carrier-lines', 'kept', line('kept'));
  await told('orders.carrier-line-matched.v1', 'charge-carrier-lines', 'moved', line('moved'));
  const back = { ...line('moved'), revision: 1 };
  await told('orders.carrier-line-reopened.v1', 'take-back-carrier-lines', 'moved', back);
  const shipmentId = uuidOf('called');
  await told('orders.shipment-cancelled.v1', 'charge-cancelled-shipments', 'called', { shipmentId, revision: 1 });
  await world.database.query(
    `insert into billing.rate_rule (id, version_id, key, charge_type, priority, conditions, model, unit, label)
     select $1, id, 'surcharge', 'carrier_surcharge', 1, '{}', '{"type": "costPlus", "percent": "10", "minimumMargin": "0.50"}', 'surcharge', '{}'
     from billing.rate_version limit 1`,
    [uuidOf('rule')],
  );
  for (const [name, source, event, quantity] of [
    ['kept', 'orders.carrier-line', uuidOf('carrier', 'kept'), 1],
    ['moved', 'orders.carrier-line', uuidOf('carrier', 'moved'), 1],
    ['movedTwin', 'orders.carrier-line-reversal', uuidOf('carrier', 'moved'), -1],
    ['called', 'orders.shipment', shipmentId, 1],
    ['calledTwin', 'orders.shipment-reversal', shipmentId, -1],
    ['fee', 'orders.shipment-cancellation', shipmentId, 1],
  ] as const)
    await world.database.query(
      `insert into billing.charge (id, merchant_id, source, source_event, charge_type, stream, section, service_date, currency, quantity, unit, unit_price,
         amount_minor, state, state_reason, rule_id, rule_key, version_id, attributes, reference, trace)
       select $1, $2, $3, $4, 'carrier_surcharge', 'fulfilment', 'fulfilment', '2026-11-03', 'EUR', $5, 'surcharge', 11, 1000, 'held', 'test',
         id, key, version_id, '{}', $6, '{}' from billing.rate_rule where key = 'surcharge'`,
      [uuidOf('charge', name), alpha, source, event, quantity, { id: shipmentId }],
    );
}

async function remember() {
  const one = async (name: string, query: string) => {
    ids[name] = String((await world.database.query<{ id: string }>(query))[0]!.id);
  };
  await one('invoice', `select id from billing.invoice where merchant_id = '${alpha}'`);
  await one('second', `select id from billing.invoice order by series_number desc limit 1`);
  await one('row', `select id from billing.run_merchant where merchant_id = '${alpha}'`);
  await one(
    'line',
    `select id from billing.invoice_line where invoice_id = '${ids['invoice']}' and charge_type = 'pack'`,
  );
  await one('charge', `select id from billing.charge where line_id = '${ids['line']}'`);
  await one('other', `select id from billing.charge where charge_type = 'returnParcel'`);
  await one('parcel', `select id from billing.charge where charge_type = 'return_parcel'`);
  await one('piece', `select id from billing.charge where charge_type = 'return_item'`);
  await one('version', `select id from billing.rate_version where version = 2`);
  await one('rule', `select id from billing.rate_rule where version_id = '${ids['version']}' order by key limit 1`);
}

const found = () => findings(world.database, NOW, ['billing']);
const fill = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name] ?? name);

/** What is done to one row, how it is made good again, and everything that is reported meanwhile. */
const CASES: [title: string, id: string, corruption: string, repair: string, reported: Record<string, string[]>][] = [
  [
    'a charge of a shipment is gone',
    'I1.charged',
    `update billing.charge set source = 'gone' where charge_type = 'pick_first'`,
    `update billing.charge set source = 'orders.shipment' where charge_type = 'pick_first'`,
    { 'I1.charged': [uuidOf('event', 'orders.order-shipped.v1')] },
  ],
  ...(
    [
      ['return_undeliverable', 'returns.receipt', 'returns.return-received.v1'],
      ['rtv_freight', 'returns.batch', 'returns.batch-dispatched.v1'],
      ['quarantine_storage', 'returns.quarantine', 'returns.quarantine-accrued.v1'],
      ['special_job', 'orders.special-job', 'orders.special-job-signed-off.v1'],
      ['goods_in_pallet', 'orders.goods-in', 'orders.goods-in-closed.v1'],
      ['return_parcel', 'returns.inspection', 'returns.return-inspected.v1'],
      ['return_item', 'returns.inspection', 'returns.return-inspected.v1'],
    ] as const
  ).map(([type, source, event]): (typeof CASES)[number] => [
    `the charge ${type} is gone`,
    'I1.charged',
    `update billing.charge set source = 'gone' where charge_type = '${type}'`,
    `update billing.charge set source = '${source}' where charge_type = '${type}'`,
    { 'I1.charged': [uuidOf('event', event)] },
  ]),
  ...(
    [
      ['a surcharge of a carrier is gone', 'source', `'gone'`, `'orders.carrier-line'`, 'kept'],
      ['a surcharge is with another merchant', 'merchant_id', `'$beta'`, `'$alpha'`, 'kept'],
      ['a surcharge is of another amount', 'amount_minor, unit_price', `2000, 22`, `1000, 11`, 'kept'],
      ['a surcharge that was taken back is charged', 'source', `'gone'`, `'orders.carrier-line-reversal'`, 'movedTwin'],
    ] as const
  ).map(([title, columns, wrong, right, charge]): (typeof CASES)[number] => [
    title,
    'I1.carrier',
    `update billing.charge set (${columns}) = row(${wrong}) where id = '${uuidOf('charge', charge)}'`,
    `update billing.charge set (${columns}) = row(${right}) where id = '${uuidOf('charge', charge)}'`,
    { 'I1.carrier': [uuidOf('carrier', charge === 'kept' ? 'kept' : 'moved')] },
  ]),
  [
    'a surcharge is charged without its line',
    'I1.carrier',
    `update billing.charge set source = 'orders.carrier-line' where id = '${uuidOf('charge', 'fee')}'`,
    `update billing.charge set source = 'orders.shipment-cancellation' where id = '${uuidOf('charge', 'fee')}'`,
    { 'I1.carrier': [uuidOf('called')] },
  ],
  [
    'a surcharge costs another margin than its rule says',
    'I1.share',
    `update billing.charge set unit_price = 12 where id = '${uuidOf('charge', 'kept')}'`,
    `update billing.charge set unit_price = 11 where id = '${uuidOf('charge', 'kept')}'`,
    { 'I1.share': [uuidOf('charge', 'kept')] },
  ],
  [
    'a shipment that was called back is still charged',
    'I1.called-back',
    `update billing.charge set source = 'gone' where id = '${uuidOf('charge', 'calledTwin')}'`,
    `update billing.charge set source = 'orders.shipment-reversal' where id = '${uuidOf('charge', 'calledTwin')}'`,
    { 'I1.called-back': [uuidOf('charge', 'called')] },
  ],
  [
    'a fee is charged for a shipment that was not called back',
    'I1.called-back',
    `update billing.charge set source_event = '$alpha' where id = '${uuidOf('charge', 'fee')}'`,
    `update billing.charge set source_event = '${uuidOf('called')}' where id = '${uuidOf('charge', 'fee')}'`,
    { 'I1.called-back': [uuidOf('charge', 'fee')] },
  ],
  [
    'an inspection was never noted',
    'I1.charged',
    `update billing.charge_source set source = 'gone'`,
    `update billing.charge_source set source = 'returns.inspection'`,
    { 'I1.charged': [uuidOf('event', 'returns.return-inspected.v1')] },
  ],
  [
    'a later revision of an inspection was never noted',
    'I1.charged',
    `update messaging.event set payload = payload || '{"revision": 1}' where type = 'returns.return-inspected.v1'`,
    `update messaging.event set payload = payload || '{"revision": 0}' where type = 'returns.return-inspected.v1'`,
    { 'I1.charged': [uuidOf('event', 'returns.return-inspected.v1')] },
  ],
  [
    'charges were replaced and not taken back',
    'I1.replaced',
    `update billing.charge_source set revision = 1`,
    `update billing.charge_source set revision = 0`,
    { 'I1.replaced': ['$parcel', '$piece'] },
  ],
  [
    'charges of a cancelled invoice were not set free',
    'I2.link',
    `update billing.invoice set state = 'cancelled' where id = '$invoice'`,
    `update billing.invoice set state = 'finalized' where id = '$invoice'`,
    { 'I2.link': ['$charge', '$other'] },
  ],
  [
    'a billed charge lost its line, so that it would be billed again',
    'I2.link',
    `update billing.charge set line_id = null, late_exempt = true where id = '$charge'`,
    `update billing.charge set line_id = '$line', late_exempt = false where id = '$charge'`,
    { 'I2.link': ['$charge'] },
  ],
  [
    'a charge counts as billed by a line that does not hold it',
    'I2.link',
    `update billing.charge set state = 'accrued', state_reason = null, line_id = '$line', rule_id = r.id, rule_key = r.key, version_id = r.version_id
       from billing.rate_rule r where r.id = '$rule' and charge.charge_type = 'special_job'`,
    `update billing.charge set state = 'held', state_reason = 'test', line_id = null, rule_id = null, rule_key = null, version_id = null where charge_type = 'special_job'`,
    { 'I2.link': ['$job'] },
  ],
  [
    'a charge that was due was left behind',
    'I13.unbilled',
    `update billing.charge set state = 'accrued', state_reason = null, rule_id = r.id, rule_key = r.key, version_id = r.version_id,
       service_date = '2026-10-10', created_at = now() - interval '1 hour' from billing.rate_rule r where r.id = '$rule' and charge.charge_type = 'special_job'`,
    `update billing.charge set state = 'held', state_reason = 'test', rule_id = null, rule_key = null, version_id = null, service_date = '2026-11-03' where charge_type = 'special_job'`,
    { 'I13.unbilled': ['$job'] },
  ],
  [
    'a day of a billed month has no stock',
    'I16.days',
    `update billing.storage_header set day = '2026-11-15' where day = '2026-10-30'`,
    `update billing.storage_header set day = '2026-10-30' where day = '2026-11-15'`,
    { 'I16.days': ['$beta:2026-10-30'] },
  ],
  [
    'a second warehouse held goods and fell silent',
    'I16.days',
    `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by) values ('${uuidOf('nord')}', '$beta', 'nord', '2026-10-30', 'api', 'x', 'test');
     insert into billing.storage_line (header_id, merchant_id, ordinal, bin, storage_type, quantity) values ('${uuidOf('nord')}', '$beta', 1, 'N-1', 'bin', 0)`,
    `delete from billing.storage_line where header_id = '${uuidOf('nord')}'; delete from billing.storage_header where id = '${uuidOf('nord')}'`,
    { 'I16.days': ['$beta:2026-10-31:nord'] },
  ],
  [
    'stock was recorded and not charged',
    'I16.charged',
    `update billing.charge set source = 'gone' where service_date = '2026-10-31' and source = 'billing.storage'`,
    `update billing.charge set source = 'billing.storage' where source = 'gone'`,
    { 'I16.charged': [uuidOf('header', '2026-10-31')] },
  ],
  [
    "a rule got another merchant than its version's",
    'I27.rates',
    `update billing.rate_rule set merchant_id = '$alpha' where id = '$rule'`,
    `update billing.rate_rule set merchant_id = null where id = '$rule'`,
    { 'I27.rates': ['$rule'] },
  ],
  [
    'a charge was waived by nobody',
    'I30.waived',
    `update billing.charge set state = 'waived' where charge_type = 'special_job'`,
    `update billing.charge set state = 'held' where charge_type = 'special_job'`,
    { 'I30.waived': ['$job'] },
  ],
  [
    'a line bills another quantity than its charges have',
    'I4.quantity',
    `update billing.invoice_line_charge set quantity = 2 where charge_id = '$charge'`,
    `update billing.invoice_line_charge set quantity = 1 where charge_id = '$charge'`,
    { 'I4.quantity': ['$charge', '$line'] },
  ],
  [
    'a charge was changed after it was billed',
    'I4.quantity',
    `update billing.charge set quantity = 5 where id = '$charge'`,
    `update billing.charge set quantity = 1 where id = '$charge'`,
    { 'I4.quantity': ['$charge'] },
  ],
  [
    'an invoice asks for another net than its lines',
    'I5.net',
    `update billing.invoice set net_minor = net_minor + 1, gross_minor = gross_minor + 1 where id = '$invoice'`,
    `update billing.invoice set net_minor = net_minor - 1, gross_minor = gross_minor - 1 where id = '$invoice'`,
    { 'I5.net': ['$invoice'], 'I6.vat': ['$invoice'], 'I11.content': ['$invoice'] },
  ],
  [
    'an invoice asks for another tax than its rates',
    'I6.vat',
    `update billing.invoice set vat_minor = vat_minor + 1, gross_minor = gross_minor + 1 where id = '$invoice'`,
    `update billing.invoice set vat_minor = vat_minor - 1, gross_minor = gross_minor - 1 where id = '$invoice'`,
    { 'I6.vat': ['$invoice'], 'I11.content': ['$invoice'] },
  ],
  [
    'a line moved to another rate',
    'I7.basis',
    `update billing.invoice_line set vat_rate_bp = 700 where id = '$line'`,
    `update billing.invoice_line set vat_rate_bp = 1900 where id = '$line'`,
    { 'I7.basis': ['$invoice', '$invoice'] },
  ],
  [
    'a number is missing',
    'I8.gapless',
    `update billing.invoice set series_number = 3 where id = '$second'; update billing.number_series set last_number = 3`,
    `update billing.invoice set series_number = 2 where id = '$second'; update billing.number_series set last_number = 2`,
    { 'I8.gapless': ['invoice 2026'] },
  ],
  [
    'the counter is behind',
    'I8.counter',
    `update billing.number_series set last_number = 1`,
    `update billing.number_series set last_number = 2`,
    { 'I8.counter': ['invoice 2026'] },
  ],
  [
    'a later number is older',
    'I9.order',
    `update billing.invoice set finalized_at = finalized_at - interval '1 hour' where id = '$second'`,
    `update billing.invoice set finalized_at = finalized_at + interval '1 hour' where id = '$second'`,
    { 'I9.order': ['$second'] },
  ],
  [
    'a document is still missing',
    'I10.document',
    `update billing.invoice_document set state = 'pending', object_key = null where invoice_id = '$invoice'`,
    `update billing.invoice_document set state = 'ready', object_key = 'x' where invoice_id = '$invoice'`,
    { 'I10.document': ['$invoice'] },
  ],
  [
    'the document says something else',
    'I11.content',
    `update billing.invoice_document set model = jsonb_set(model, '{number}', '"RE-2026-09999"') where invoice_id = '$second'`,
    `update billing.invoice_document set model = jsonb_set(model, '{number}', '"RE-2026-00002"') where invoice_id = '$second'`,
    { 'I11.content': ['$second'] },
  ],
  [
    'a row says that nothing was finalized',
    'I20.row',
    `update billing.run_merchant set state = 'draft', done_streams = '{}' where id = '$row'`,
    `update billing.run_merchant set state = 'finalized', done_streams = '{fulfilment,monthly}' where id = '$row'`,
    { 'I20.row': ['$row'] },
  ],
  [
    'an invoice was never announced',
    'I24.invoice',
    `update messaging.event set type = 'gone' where type = 'billing.invoice-finalized.v1' and payload ->> 'invoiceId' = '$invoice'`,
    `update messaging.event set type = 'billing.invoice-finalized.v1' where type = 'gone'`,
    { 'I24.invoice': ['$invoice'] },
  ],
  [
    'what was announced does not say of which invoice',
    'I24.invoice',
    `update messaging.event set payload = payload - 'invoiceId' || '{"gone": "$invoice"}' where type = 'billing.invoice-finalized.v1' and payload ->> 'invoiceId' = '$invoice'`,
    `update messaging.event set payload = payload - 'gone' || '{"invoiceId": "$invoice"}' where type = 'billing.invoice-finalized.v1' and payload ? 'gone'`,
    { 'I24.invoice': ['$invoice'] },
  ],
  [
    'nobody answers for an invoice',
    'I30.invoice',
    `update messaging.audit_entry set action = 'gone' where action = 'invoice.finalized' and entity_id = '$invoice'`,
    `update messaging.audit_entry set action = 'invoice.finalized' where action = 'gone'`,
    { 'I30.invoice': ['$invoice'] },
  ],
];

test('X8 nothing is reported of data that the product wrote', async () => {
  Object.assign(ids, { alpha, beta });
  ids['job'] = String(
    (await world.database.query(`select id from billing.charge where charge_type = 'special_job'`))[0]!['id'],
  );
  expect(await found()).toEqual({});
});

test.each(CASES)('X8 %s: %s', async (_title, id, corruption, repair, reported) => {
  await corrupt(world.database, fill(corruption));
  const expected = Object.fromEntries(Object.entries(reported).map(([key, rows]) => [key, rows.map(fill).toSorted()]));
  expect(expected).toHaveProperty([id]);
  expect(await found()).toEqual(expected);
  await corrupt(world.database, fill(repair));
  expect(await found()).toEqual({});
});

test('X8 each invariant that is looked for has a row that was corrupted', () => {
  expect([...new Set(CASES.map(([, id]) => id))].toSorted()).toEqual(Object.keys(QUERIES.billing).toSorted());
});
