import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findChargeType } from '../../../services/billing/domain/charge-types/index.ts';
import { correctionInvariants } from '../../../services/billing/persistence/self-check/correction-invariants.ts';
import { disputeInvariants } from '../../../services/billing/persistence/self-check/dispute-invariants.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { checkInvariant } from '../../../shared/persistence/invariants.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { corrupt, findings, QUERIES } from '../../support/self-check.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
/** What only a released document has. */
const UNARCHIVED = [
  ...['renderer_version', 'checks', 'xml_object_key', 'xml_sha256', 'xml_bytes', 'model_object_key', 'model_sha256'],
]
  .map((column) => `${column} = null`)
  .join(', ');
let world: BillingWorld;
let [alpha, beta] = ['', ''];
const ids: Record<string, string> = {};

const DISCOUNT = {
  ...{ key: 'less', kind: 'discount', groups: ['fulfilment'], label: { de: 'Rabatt', en: 'Discount' } },
  value: { type: 'percent', percent: '10' },
};
const MINIMUM = { key: 'floor', amount: '20.00', groups: ['returns'], label: { de: 'Mindestumsatz', en: 'Minimum' } };

/** Two merchants billed for October: one by pieces and returns, one by a tiered price and with stock. */
beforeAll(async () => {
  world = await createBillingWorld();
  await world.database.query(`update billing.issuer set billing_starts_on = '2026-10-30'`);
  await corrupt(
    world.database,
    `update billing.rate_version set adjustments = '${JSON.stringify([DISCOUNT])}', minimums = '${JSON.stringify([MINIMUM])}'`,
  );
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
  await paid();
  await chargeOf(['test', uuidOf('due'), 'software_user'], alpha, ON);
  await answered();
  await exported();
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
  const reference = { id: header, number: day, from: day, to: day, warehouse: 'main' };
  await chargeOf(['billing.storage', header, 'storage'], beta, day, { reference });
}

/** An unbilled charge after the run, of an event. */
const chargeOf = (
  [source, event, type]: readonly [source: string, event: string, type: string],
  merchantId: string,
  day: string,
  { revision = 0, quantity = 1, reference = { itemId: uuidOf('item') } as object } = {},
) =>
  world.database.query(
    `insert into billing.charge (id, merchant_id, source, source_event, charge_type, stream, section, service_date, currency, quantity, unit, state, state_reason,
       attributes, reference, trace, revision) values (gen_random_uuid(), $1, $2, $3, $4, $8, $9, $5, 'EUR', $10::numeric, 'piece', 'held', 'test', '{}', $6,
       jsonb_build_object('measured', $10::numeric, 'quantity', $10::numeric), $7)`,
    [
      ...[merchantId, source, event, type, day, reference, revision],
      ...[findChargeType(type)!.stream, findChargeType(type)!.section, quantity],
    ],
  );

/** An event that was handled: type, name, consumer, payload, and its charges as source, event, quantities and revision. */
type Happened = [
  type: string,
  name: string,
  consumer: string,
  payload: object,
  charges: [source: string, sourceEvent: string, quantities: Record<string, number>, revision?: number][],
];

const PACKED = uuidOf('packed');
const GOODS = [
  { quantity: 2, disposition: 'restock', chargedAs: 'restock', photos: [{}] },
  { quantity: 1, disposition: 'dispose', chargedAs: 'dispose', photos: [] },
  { quantity: 1, disposition: null, chargedAs: null },
];
const OF_RETURN = { return_parcel: 1, return_item: 4, return_photo: 1, return_restock: 2, return_disposal: 1 };

const DUNNED = uuidOf('dunned');
/** A letter over EUR 1.00 of one invoice, issued an hour ago. */
function dunned(state: 'ready' | 'pending', level: number): string {
  const file = state === 'ready' ? `'k', '${'0'.repeat(64)}', 1, now()` : 'null, null, null, null';
  return `insert into billing.dunning_run (id, as_of, state, created_by, created_at, issued_by, issued_at) values ('${DUNNED}', '2026-11-20', 'issued', 'x', now(), 'x', '2026-11-20T07:00:00Z');
    insert into billing.dunning_letter (id, run_id, merchant_id, number, level, as_of, issue_date, pay_by, language, open_minor, claims_minor, total_minor, model, state, object_key, sha256, bytes, ready_at)
    values ('${DUNNED}', '${DUNNED}', '$alpha', 'MA-1', ${level}, '2026-11-20', '2026-11-20', '2026-11-27', 'de', 100, 0, 100, '{}', '${state}', ${file});
    insert into billing.dunning_step values ('$invoice', '$alpha', ${level}, '${DUNNED}', '2026-11-20', '2026-11-27', 100, 0)`;
}
const NOT_DUNNED = `delete from billing.dunning_step; delete from billing.dunning_letter; delete from billing.dunning_run`;
const PAYMENT = uuidOf('payment');
/** Events of each kind that is charged, with their charges, and some that cost nothing. */
const HAPPENED: Happened[] = [
  [
    'orders.order-shipped.v1',
    'plain',
    'charge-shipments',
    { shipmentId: uuidOf('shipment'), firstShipment: true, pieces: 2, parcels: 1 },
    [['orders.shipment', uuidOf('shipment'), { pack: 1, freight: 1, material: 1, pick_first: 1, pick_further: 1 }]],
  ],
  [
    'orders.order-shipped.v1',
    'packed',
    'charge-shipments',
    { shipmentId: PACKED, firstShipment: false, pieces: 0, parcels: 1, packaging: [{ code: 'Größe M', quantity: 2 }] },
    [
      ['orders.shipment', PACKED, { pack: 1, freight: 1 }],
      ['orders.shipment', uuidOf('packaging', PACKED, 'Größe M'), { packaging: 2 }],
    ],
  ],
  [
    'orders.shipment-corrected.v1',
    'corrected',
    'charge-corrected-shipments',
    { shipmentId: uuidOf('corrected'), firstShipment: true, pieces: 1, parcels: 1, packaging: [], revision: 1 },
    [['orders.shipment', uuidOf('corrected'), { pack: 1, freight: 1, material: 1, pick_first: 1 }, 1]],
  ],
  [
    'returns.return-received.v1',
    'undeliverable',
    'charge-undeliverables',
    { returnId: uuidOf('return'), kind: 'undeliverable' },
    [['returns.receipt', uuidOf('return'), { return_undeliverable: 1 }]],
  ],
  [
    'returns.return-received.v1',
    'of a customer',
    'charge-undeliverables',
    { returnId: uuidOf('inspected'), kind: 'customer' },
    [],
  ],
  [
    'returns.batch-dispatched.v1',
    'batch',
    'charge-batches',
    { batchId: uuidOf('batch'), pieces: 12, parcels: 2 },
    [['returns.batch', uuidOf('batch'), { rtv_handling: 12, rtv_freight: 2 }]],
  ],
  [
    'returns.quarantine-accrued.v1',
    'quarantine',
    'charge-quarantine',
    { itemId: uuidOf('item'), day: '2026-11-03', quantity: 3 },
    [['returns.quarantine', uuidOf('quarantine_storage', uuidOf('item'), '2026-11-03'), { quarantine_storage: 3 }]],
  ],
  [
    'orders.special-job-signed-off.v1',
    'job',
    'charge-special-jobs',
    { specialJobId: uuidOf('job'), revision: 0, quantity: '2' },
    [['orders.special-job', uuidOf('job'), { special_job: 2 }]],
  ],
  [
    'orders.goods-in-closed.v1',
    'delivery',
    'charge-goods-in',
    { goodsInId: uuidOf('delivery'), revision: 0 },
    [['orders.goods-in', uuidOf('delivery'), { goods_in_pallet: 1 }]],
  ],
  [
    'returns.return-inspected.v1',
    'inspected',
    'charge-inspections',
    { returnId: uuidOf('inspected'), kind: 'customer', revision: 0, parcels: 1, items: GOODS },
    [['returns.inspection', uuidOf('inspected'), OF_RETURN]],
  ],
  [
    'returns.return-inspected.v1',
    'came back',
    'charge-inspections',
    {
      ...{ returnId: uuidOf('return'), kind: 'undeliverable', revision: 0, parcels: 1, photos: [{}] },
      items: [{ quantity: 1, disposition: 'restock_b' }],
    },
    [['returns.inspection', uuidOf('return'), { return_photo: 1, return_restock: 1 }]],
  ],
  [
    'returns.item-settled.v1',
    'restocked',
    'charge-settled-items',
    { itemId: uuidOf('restocked'), revision: 0, disposition: 'restock_b', quantity: 1 },
    [['returns.item', uuidOf('restocked'), { return_restock: 1 }]],
  ],
  [
    'returns.item-settled.v1',
    'disposed of',
    'charge-settled-items',
    {
      itemId: uuidOf('disposed'),
      revision: 0,
      chargeRevision: 2,
      disposition: 'dispose',
      quantity: 1,
      chargedBefore: false,
    },
    [['returns.item', uuidOf('disposed'), { return_disposal: 1 }, 2]],
  ],
  [
    'returns.item-settled.v1',
    'charged before',
    'charge-settled-items',
    { itemId: uuidOf('before'), revision: 1, disposition: 'restock', chargedBefore: true },
    [],
  ],
  [
    'returns.charges-moved.v1',
    'left',
    'correct-moved-goods',
    {
      ...{ returnId: uuidOf('left'), kind: 'customer', chargeRevision: 1, parcels: 1, photographed: true },
      ...{ items: GOODS, movedItemIds: [] },
    },
    [['returns.inspection', uuidOf('left'), OF_RETURN, 1]],
  ],
  [
    'returns.charges-moved.v1',
    'all left',
    'correct-moved-goods',
    {
      ...{ returnId: uuidOf('empty'), kind: 'customer', chargeRevision: 1, parcels: 0, photographed: false },
      ...{ items: [], movedItemIds: [] },
    },
    [],
  ],
];

async function happened() {
  for (const [type, name, consumer, payload, charges] of HAPPENED) {
    await told(type, consumer, name, payload);
    for (const [source, event, quantities, revision] of charges)
      for (const [chargeType, quantity] of Object.entries(quantities))
        await chargeOf([source, event, chargeType], alpha, ON, { quantity, ...(revision ? { revision } : {}) });
  }
  for (const name of ['inspected', 'return'])
    await world.database.query(
      `insert into billing.charge_source (source, source_event, merchant_id, revision) values ('returns.inspection', $1, $2, 0)`,
      [uuidOf(name), alpha],
    );
  await carriersBilled();
}

/** What was written past the use cases has somebody who answers for it. */
const answered = () =>
  world.database.query(
    `insert into messaging.audit_entry (id, at, service, actor_kind, actor_id, request_id, action, entity, entity_id, after)
     select gen_random_uuid(), now(), 'billing', 'user', 'test', 'test', action, entity, entity_id, after from (
       select 'charge.held' as action, 'charge' as entity, id::text as entity_id, null::jsonb as after from billing.charge where state = 'held'
       union all select 'rate-card.created', 'rateCard', id::text, '{"versions": [{"version": 1}]}' from billing.rate_card
       union all select 'rate-card.version-added', 'rateCard', id::text, '{"version": 2}' from billing.rate_card) answers`,
  );

/** A bundle with the document of one merchant. */
const exported = () =>
  world.database.query(
    `with made as (
       insert into billing.export (id, issuer_id, kind, period, only_new, made_by, made_by_name, made_at, object_key, sha256, bytes, filename, summary, findings)
       select $1, issuer_id, 'bundle', '2026-11', false, 'test', 'Test', now(), 'exports/x.zip', repeat('0', 64), 1, 'x.zip',
         jsonb_build_object('documents', 1, 'rows', 1, 'netMinor', net_minor, 'vatMinor', vat_minor, 'grossMinor', gross_minor), '[]'
       from billing.invoice where merchant_id = $2)
     insert into billing.export_document (export_id, kind, invoice_id, merchant_id, month)
     select $1, 'bundle', id, merchant_id, '2026-11' from billing.invoice where merchant_id = $2`,
    [uuidOf('export'), beta],
  );

const ON = '2026-11-03';
const DAYS = Object.fromEntries(
  ['serviceDate', 'receivedOn', 'dispatchedOn', 'inspectedOn', 'chargedOn', 'settledOn'].map((field) => [field, ON]),
);

async function told(type: string, consumer: string, name: string, payload: object) {
  await world.database.query(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, $2, $3, now(), $4, 'test')`,
    [uuidOf('event', type, name), type, alpha, { ...DAYS, ...payload }],
  );
  await world.database.query(
    `insert into messaging.delivery (consumer, event_id, occurred_at, done_at) values ($1, $2, now(), now())`,
    [`billing.${consumer}`, uuidOf('event', type, name)],
  );
}

/** A line of a carrier with its surcharge, one that was taken back, and a shipment that was called back. */
async function carriersBilled() {
  const line = (name: string) => ({ lineId: uuidOf('carrier', name), revision: 0, amountMinor: 1_000 });
  await told('orders.carrier-line-matched.v1', 'charge-carrier-lines', 'kept', line('kept'));
  await told('orders.carrier-line-matched.v1', 'charge-carrier-lines', 'moved', line('moved'));
  const back = { ...line('moved'), revision: 1 };
  await told('orders.carrier-line-reopened.v1', 'take-back-carrier-lines', 'moved', back);
  const shipmentId = uuidOf('called');
  const nothing = { shipmentId, firstShipment: false, pieces: 0, parcels: 0 };
  await told('orders.order-shipped.v1', 'charge-shipments', 'called', nothing);
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
       select $1, $2, $3, $4, 'carrier_surcharge', 'fulfilment', 'fulfilment', '2026-11-03', 'EUR', $5::numeric, 'surcharge', 11, 1000, 'held', 'test',
         id, key, version_id, '{}', $6, jsonb_build_object('price', model, 'quantity', $5::numeric) from billing.rate_rule where key = 'surcharge'`,
      [uuidOf('charge', name), alpha, source, event, quantity, { id: shipmentId }],
    );
}

/** Money of the bank that pays some of Beta's invoice, and credit that pays some more. */
async function paid() {
  const { query } = world.database;
  const by = `'2026-11-03', 'test', now()`;
  await query(
    `insert into billing.bank_account_statement (id, iban, statement_id, file_sha256, imported_by, imported_at) values ('${uuidOf('statement')}', 'X', '1', repeat('0', 64), 'test', now())`,
  );
  await query(
    `insert into billing.bank_entry (id, statement_id, iban, entry_key, position, amount_minor, currency, booking_date, value_date, remittance, reversal)
     values ('${uuidOf('entry')}', '${uuidOf('statement')}', 'X', '1', 0, 30, 'EUR', '2026-11-03', '2026-11-03', '', false)`,
  );
  await query(
    `insert into billing.payment (id, merchant_id, amount_minor, unallocated_minor, currency, value_date, remittance, source, bank_entry_id, recorded_by, recorded_at)
     values ('${PAYMENT}', '${beta}', 30, 30, 'EUR', '2026-11-03', '', 'bank', '${uuidOf('entry')}', 'test', now())`,
  );
  await query(
    `insert into billing.payment_allocation (id, merchant_id, payment_id, invoice_id, amount_minor, kind, booked_on, booked_by, booked_at)
     select '${uuidOf('allocation')}', '${beta}', '${PAYMENT}', id, 20, 'allocation', ${by} from billing.invoice where merchant_id = '${beta}'`,
  );
  await query(
    `insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, booked_on, booked_by, booked_at)
     values ('${uuidOf('grant')}', '${beta}', 'grant', 10, 'test', ${by})`,
  );
  await query(
    `insert into billing.credit_entry (id, merchant_id, kind, amount_minor, invoice_id, booked_on, booked_by, booked_at)
     select '${uuidOf('use')}', '${beta}', 'use', -10, id, ${by} from billing.invoice where merchant_id = '${beta}'`,
  );
}

async function remember() {
  const one = async (name: string, query: string) => {
    ids[name] = String((await world.database.query<{ id: string }>(query))[0]!.id);
  };
  await one('invoice', `select id from billing.invoice where merchant_id = '${alpha}'`);
  await one('second', `select id from billing.invoice order by series_number desc limit 1`);
  await one('paid', `select id from billing.invoice where merchant_id = '${beta}'`);
  await one('row', `select id from billing.run_merchant where merchant_id = '${alpha}'`);
  await one(
    'line',
    `select id from billing.invoice_line where invoice_id = '${ids['invoice']}' and charge_type = 'pack'`,
  );
  await one(
    'discount',
    `select id from billing.invoice_line where invoice_id = '${ids['invoice']}' and kind = 'discount'`,
  );
  await one(
    'minimum',
    `select id from billing.invoice_line where invoice_id = '${ids['invoice']}' and kind = 'minimum'`,
  );
  await one('tier', `select id from billing.invoice_line where tier_from = 0`);
  await one('charge', `select id from billing.charge where line_id = '${ids['line']}'`);
  await one('other', `select id from billing.charge where charge_type = 'returnParcel'`);
  for (const type of Object.keys(OF_RETURN))
    await one(
      type,
      `select id from billing.charge where charge_type = '${type}' and source_event = '${uuidOf('inspected')}'`,
    );
  await one('due', `select id from billing.charge where source = 'test' and charge_type = 'software_user'`);
  const first = `source_event = '${uuidOf('shipment')}'`;
  await one('pack', `select id from billing.charge where ${first} and charge_type = 'pack'`);
  await one('freight', `select id from billing.charge where ${first} and charge_type = 'freight'`);
  await one(
    'corrected',
    `select id from billing.charge where source_event = '${uuidOf('corrected')}' and charge_type = 'pack'`,
  );
  await one('stored', `select id from billing.charge where source_event = '${uuidOf('header', '2026-10-30')}'`);
  await one('version', `select id from billing.rate_version where version = 2`);
  await one('firstVersion', `select id from billing.rate_version where version = 1`);
  await one('rule', `select id from billing.rate_rule where version_id = '${ids['version']}' order by key limit 1`);
}

const found = () => findings(world.database, NOW, ['billing']);
const fill = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name] ?? name);

const INSPECTED = uuidOf('event', 'returns.return-inspected.v1', 'inspected');

/** The charge of November as one of October that the run did not bill. */
const due = (more: string) =>
  `update billing.charge set state = 'accrued', state_reason = null, rule_id = r.id, rule_key = r.key, version_id = r.version_id, ${more}
     service_date = '2026-10-10', created_at = now() - interval '1 hour' from billing.rate_rule r where r.id = '$rule' and charge.id = '$due'`;
const NOT_DUE = `update billing.charge set state = 'held', state_reason = 'test', rule_id = null, rule_key = null, version_id = null, service_date = '2026-11-03',
  late_exempt = false, released_at = null where id = '$due'`;

const traced = (quantity: number) => `trace = '{"measured": "${quantity}", "quantity": "${quantity}"}'`;

const INVENTED = uuidOf('invented');
/** What an invented charge has of the one it is a copy of. */
const COPIED = `merchant_id, charge_type, stream, section, service_date, currency, quantity, unit, attributes, reference, trace`;

/** What is done to one row, how it is made good again, and everything that is reported meanwhile. */
const CASES: [title: string, id: string, corruption: string, repair: string, reported: Record<string, string[]>][] = [
  [
    'an export is of another sum',
    'I31.sums',
    `update billing.export set summary = summary || jsonb_build_object('grossMinor', (summary ->> 'grossMinor')::int + 1)`,
    `update billing.export set summary = summary || jsonb_build_object('grossMinor', (summary ->> 'grossMinor')::int - 1)`,
    { 'I31.sums': [uuidOf('export')] },
  ],
  [
    'an export has lost a document',
    'I31.sums',
    `update billing.export set summary = summary || '{"documents": 2}'`,
    `update billing.export set summary = summary || '{"documents": 1}'`,
    { 'I31.sums': [uuidOf('export')] },
  ],
  [
    'a charge of a shipment is gone',
    'I1.charged',
    `update billing.charge set source = 'gone' where charge_type = 'pick_first' and revision = 0`,
    `update billing.charge set source = 'orders.shipment' where charge_type = 'pick_first' and revision = 0`,
    { 'I1.charged': [uuidOf('event', 'orders.order-shipped.v1', 'plain')] },
  ],
  [
    'a correction has the charge of an earlier revision only',
    'I1.charged',
    `update billing.charge set revision = 0 where source_event = '${uuidOf('corrected')}' and charge_type = 'pack'`,
    `update billing.charge set revision = 1 where source_event = '${uuidOf('corrected')}' and charge_type = 'pack'`,
    { 'I1.charged': [uuidOf('event', 'orders.shipment-corrected.v1', 'corrected')], 'I1.caused': ['$corrected'] },
  ],
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
  ...(
    [
      ['is of another merchant', `merchant_id = '$beta'`, `merchant_id = '$alpha'`, { 'I1.caused': ['$pack'] }],
      ['is of another day', `service_date = '2027-11-03'`, `service_date = '2026-11-03'`, {}],
      ['was multiplied, and what it was measured at', `quantity = 10, ${traced(10)}`, `quantity = 1, ${traced(1)}`, {}],
    ] as [string, string, string, Record<string, string[]>][]
  ).map(([title, wrong, right, more]): (typeof CASES)[number] => [
    `a charge of a shipment ${title}`,
    'I1.charged',
    `update billing.charge set ${wrong} where id = '$pack'`,
    `update billing.charge set ${right} where id = '$pack'`,
    { 'I1.charged': [uuidOf('event', 'orders.order-shipped.v1', 'plain')], ...more },
  ]),
  ...(
    [
      ['a shipment that never was', '$pack', 'source'],
      ['a parcel that nobody took back', '$pack', `'returns.receipt'`],
      ['stock that nobody recorded', '$stored', 'source'],
      ['software of a month that never was', '$due', `'billing.software-users'`],
      ['a correction of nothing', '$pack', `'orders.shipment-reversal'`],
    ] as const
  ).map(([title, charge, source]): (typeof CASES)[number] => [
    `a charge was invented: ${title}`,
    'I1.caused',
    `insert into billing.charge (id, source, source_event, state, ${COPIED}) select '${INVENTED}', ${source}, '${INVENTED}', 'unrated', ${COPIED}
       from billing.charge where id = '${charge}'`,
    `delete from billing.charge where id = '${INVENTED}'`,
    { 'I1.caused': [INVENTED] },
  ]),
  [
    'a charge of stock is with another merchant',
    'I1.caused',
    `update billing.charge set merchant_id = '$alpha' where id = '$stored'`,
    `update billing.charge set merchant_id = '$beta' where id = '$stored'`,
    { 'I1.caused': ['$stored'] },
  ],
  [
    'a charge goes to another run',
    'I1.as-rated',
    `update billing.charge set stream = 'monthly' where id = '$pack'`,
    `update billing.charge set stream = 'fulfilment' where id = '$pack'`,
    { 'I1.as-rated': ['$pack'] },
  ],
  [
    'a price that unbilled charges go by was changed',
    'I1.as-rated',
    `update billing.rate_rule set model = model || '{"minimumMargin": "0.60"}' where key = 'surcharge'`,
    `update billing.rate_rule set model = model || '{"minimumMargin": "0.50"}' where key = 'surcharge'`,
    {
      'I1.as-rated': ['kept', 'moved', 'movedTwin', 'called', 'calledTwin', 'fee'].map((name) =>
        uuidOf('charge', name),
      ),
    },
  ],
  [
    'a charge goes by another key than its rule has',
    'I1.as-rated',
    `update billing.charge set rule_key = 'gone' where id = '${uuidOf('charge', 'fee')}'`,
    `update billing.charge set rule_key = 'surcharge' where id = '${uuidOf('charge', 'fee')}'`,
    { 'I1.as-rated': [uuidOf('charge', 'fee')] },
  ],
  [
    'a charge bills more than was measured',
    'I1.as-rated',
    `update billing.charge set quantity = 20, trace = trace || '{"quantity": "20", "price": {"type": "perUnit"}}' where id = '$job'`,
    `update billing.charge set quantity = 2, trace = trace - 'price' || '{"quantity": "2"}' where id = '$job'`,
    { 'I1.as-rated': ['$job'] },
  ],
  [
    'the software fee of a finalized month is gone',
    'I1.fee',
    `update billing.contract_ref set software_fee = true where merchant_id = '$alpha'`,
    `update billing.contract_ref set software_fee = false where merchant_id = '$alpha'`,
    { 'I1.fee': ['$alpha:2026-10'] },
  ],
  [
    'an inspection was never noted',
    'I1.charged',
    `update billing.charge_source set source = 'gone' where source_event = '${uuidOf('inspected')}'`,
    `update billing.charge_source set source = 'returns.inspection' where source = 'gone'`,
    { 'I1.charged': [INSPECTED] },
  ],
  [
    'a later revision of an inspection was never noted',
    'I1.charged',
    `update messaging.event set payload = payload || '{"revision": 1}' where id = '${INSPECTED}'`,
    `update messaging.event set payload = payload || '{"revision": 0}' where id = '${INSPECTED}'`,
    { 'I1.charged': [INSPECTED], 'I1.caused': Object.keys(OF_RETURN).map((type) => `$${type}`) },
  ],
  [
    'charges were replaced and not taken back',
    'I1.replaced',
    `update billing.charge_source set revision = 1 where source_event = '${uuidOf('inspected')}'`,
    `update billing.charge_source set revision = 0 where source_event = '${uuidOf('inspected')}'`,
    { 'I1.replaced': Object.keys(OF_RETURN).map((type) => `$${type}`) },
  ],
  [
    'charges of a cancelled invoice were not set free',
    'I2.link',
    `update billing.invoice set state = 'cancelled' where id = '$invoice'`,
    `update billing.invoice set state = 'finalized' where id = '$invoice'`,
    {
      'I2.link': ['$charge', '$other'],
      'I14.cancelled': ['$invoice'],
      'I20.row': ['$row'],
      'I31.status': ['$invoice'],
    },
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
  ['a charge that was due was left behind', 'I13.unbilled', due(''), NOT_DUE, { 'I13.unbilled': ['$due'] }],
  [
    'a charge that was released in time was left behind',
    'I13.unbilled',
    due(`late_exempt = true, released_at = now() - interval '1 hour',`),
    NOT_DUE,
    { 'I13.unbilled': ['$due'] },
  ],
  [
    'a day of a billed month has no stock',
    'I16.days',
    `update billing.storage_header set day = '2026-11-15' where day = '2026-10-30'`,
    `update billing.storage_header set day = '2026-10-30' where day = '2026-11-15'`,
    { 'I16.days': ['$beta:2026-10-30'], 'I1.caused': ['$stored'] },
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
    'a line moved to another month',
    'I4.charges',
    `update billing.invoice_line set service_month = '2026-09' where id = '$line'`,
    `update billing.invoice_line set service_month = '2026-10' where id = '$line'`,
    { 'I4.charges': ['$line'] },
  ],
  [
    'a line has twice the quantity at half the price, and so have its charges',
    'I4.price',
    `update billing.invoice_line set quantity = 2, unit_price = 0.225 where id = '$line'; update billing.charge set quantity = 2 where id = '$charge';
     update billing.invoice_line_charge set quantity = 2 where charge_id = '$charge'`,
    `update billing.invoice_line set quantity = 1, unit_price = 0.45 where id = '$line'; update billing.charge set quantity = 1 where id = '$charge';
     update billing.invoice_line_charge set quantity = 1 where charge_id = '$charge'`,
    { 'I4.price': ['$line'], 'I11.lines': ['$invoice'] },
  ],
  [
    'a line of a tier has the price of another one',
    'I4.price',
    `update billing.invoice_line set tier_from = 100 where id = '$tier'`,
    `update billing.invoice_line set tier_from = 0 where id = '$tier'`,
    { 'I4.price': ['$tier'] },
  ],
  [
    'a price is for another number of units',
    'I4.price',
    `update billing.invoice_line set base_quantity = 31, unit_price = 13.95 where id = '$line'`,
    `update billing.invoice_line set base_quantity = 1, unit_price = 0.45 where id = '$line'`,
    { 'I4.price': ['$line'], 'I11.lines': ['$invoice'] },
  ],
  [
    'a discount says another amount',
    'I4.adjusted',
    `update billing.invoice_line set detail = detail || '{"basisMinor": 9900}' where id = '$discount'`,
    `update billing.invoice_line set detail = detail || '{"basisMinor": 45}' where id = '$discount'`,
    { 'I4.adjusted': ['$discount'] },
  ],
  [
    'a discount says another percentage, of an amount that fits',
    'I4.adjusted',
    `update billing.invoice_line set detail = detail || '{"basisMinor": 90, "percent": "5"}' where id = '$discount'`,
    `update billing.invoice_line set detail = detail || '{"basisMinor": 45, "percent": "10"}' where id = '$discount'`,
    { 'I4.adjusted': ['$discount'] },
  ],
  [
    'a discount says that its maximum spared another amount',
    'I4.adjusted',
    `update billing.invoice_line set detail = detail || '{"maximumMinor": 5, "uncappedMinor": -6}' where id = '$discount'`,
    `update billing.invoice_line set detail = detail - 'maximumMinor' - 'uncappedMinor' where id = '$discount'`,
    { 'I4.adjusted': ['$discount'] },
  ],
  [
    'a minimum asks for more than was lacking',
    'I4.minimum',
    `update billing.invoice_line set detail = detail || jsonb_build_object('reachedMinor', (detail ->> 'reachedMinor')::int + 1) where id = '$minimum'`,
    `update billing.invoice_line set detail = detail || jsonb_build_object('reachedMinor', (detail ->> 'reachedMinor')::int - 1) where id = '$minimum'`,
    { 'I4.minimum': ['$minimum'] },
  ],
  [
    'a minimum is higher than the one agreed',
    'I4.minimum',
    `update billing.invoice_line set detail = detail || '{"minimumMinor": 2001}' where id = '$minimum'`,
    `update billing.invoice_line set detail = detail || '{"minimumMinor": 2000}' where id = '$minimum'`,
    { 'I4.minimum': ['$minimum'] },
  ],
  [
    'a minimum is in no rate card',
    'I4.minimum',
    `update billing.invoice_line set rule_key = 'ceiling' where id = '$minimum'`,
    `update billing.invoice_line set rule_key = 'floor' where id = '$minimum'`,
    { 'I4.minimum': ['$minimum'] },
  ],
  [
    'a month gave back more of its minimum than it paid',
    'I4.minimum',
    `update billing.invoice_line set unit_price = -unit_price, net_minor = -net_minor where id = '$minimum'`,
    `update billing.invoice_line set unit_price = -unit_price, net_minor = -net_minor where id = '$minimum'`,
    { 'I4.minimum': ['$minimum'], 'I5.net': ['$invoice'], 'I7.basis': ['$invoice'], 'I11.lines': ['$invoice'] },
  ],
  [
    'a line got another text',
    'I11.lines',
    `update billing.invoice_line set label = label || '!' where id = '$line'`,
    `update billing.invoice_line set label = left(label, -1) where id = '$line'`,
    { 'I11.lines': ['$invoice'] },
  ],
  [
    'a line is not on paper',
    'I11.lines',
    `update billing.invoice_document set model = model #- '{sections,0,lines,0}' where invoice_id = '$invoice'`,
    `update billing.invoice_document set model = jsonb_insert(model, '{sections,0,lines,0}', (
       select jsonb_build_object('position', position, 'description', label, 'quantity', trim_scale(quantity)::text, 'unitPrice', trim_scale(unit_price)::text,
         'netMinor', net_minor, 'vatCategory', vat_category, 'vatRateBasisPoints', vat_rate_bp) from billing.invoice_line where id = '$line'))
       where invoice_id = '$invoice'`,
    { 'I11.lines': ['$invoice'] },
  ],
  [
    'an invoice counts as paid',
    'I31.status',
    `update billing.invoice_status set payment = 'paid' where invoice_id = '$paid'`,
    `update billing.invoice_status set payment = 'partially_paid' where invoice_id = '$paid'`,
    { 'I31.status': ['$paid'] },
  ],
  [
    'an invoice is paid more than once',
    'I31.settled',
    `update billing.payment_allocation set amount_minor = 1000000; update billing.payment set amount_minor = 1000010; update billing.bank_entry set amount_minor = 1000010`,
    `update billing.payment_allocation set amount_minor = 20; update billing.payment set amount_minor = 30; update billing.bank_entry set amount_minor = 30`,
    { 'I31.settled': ['$paid'] },
  ],
  [
    'a document names credit that was not used on it',
    'I31.prepaid',
    `update billing.invoice_document set model = model || '{"prepaidMinor": 10}' where invoice_id = '$paid'`,
    `update billing.invoice_document set model = model - 'prepaidMinor' where invoice_id = '$paid'`,
    { 'I31.prepaid': ['$paid'] },
  ],
  [
    'a payment has more left than it has',
    'I32.payment',
    `update billing.payment set unallocated_minor = 30`,
    `update billing.payment set unallocated_minor = 10`,
    { 'I32.payment': [PAYMENT] },
  ],
  [
    'more of a payment came back than it was',
    'I32.returned',
    `insert into billing.payment (id, merchant_id, amount_minor, unallocated_minor, currency, value_date, remittance, source, returns_id, recorded_by, recorded_at)
     select '${uuidOf('return')}', merchant_id, -40, -30, 'EUR', '2026-11-05', '', 'returnDebit', id, 'test', now() from billing.payment where id = '${PAYMENT}';
     update billing.payment set unallocated_minor = 0 where id = '${PAYMENT}'`,
    `delete from billing.payment where id = '${uuidOf('return')}'; update billing.payment set unallocated_minor = 10 where id = '${PAYMENT}'`,
    { 'I32.returned': [PAYMENT] },
  ],
  [
    'more credit was used than granted',
    'I32.balance',
    `update billing.credit_entry set amount_minor = 9 where kind = 'grant'`,
    `update billing.credit_entry set amount_minor = 10 where kind = 'grant'`,
    { 'I32.balance': ['$beta'] },
  ],
  [
    'a payment has another value date than the entry of the bank',
    'I32.entry',
    `update billing.payment set value_date = '2026-11-04'`,
    `update billing.payment set value_date = '2026-11-03'`,
    { 'I32.entry': [PAYMENT] },
  ],
  [
    'an invoice announces a collection that nobody keeps',
    'I36.announced',
    `update billing.invoice_document set model = model || '{"directDebit": {"mandateReference": "M-1"}}' where invoice_id = '$invoice'`,
    `update billing.invoice_document set model = model - 'directDebit' where invoice_id = '$invoice'`,
    { 'I36.announced': ['$invoice'] },
  ],
  [
    'a collection was approved and has no file',
    'I36.file',
    `insert into billing.collection_run (id, number, state, collect_until, creditor, created_by, created_at, approved_by, approved_at)
     values ('${DUNNED}', 'LS-1', 'approved', '2026-11-20', '{}', 'x', now(), 'x', '2026-11-20T07:00:00Z')`,
    `delete from billing.collection_run`,
    { 'I36.file': [DUNNED] },
  ],
  [
    'a mandate was used and nothing collected',
    'I36.used',
    `insert into billing.mandate (id, merchant_id, creditor_id, reference, scheme, kind, signed_on, iban, debtor_name, state, last_used_on, created_at)
     values ('${DUNNED}', '$beta', 'DE98ZZZ09999999999', 'M-1', 'CORE', 'recurrent', '2026-01-01', 'DE02120300000000202051', 'Beta', 'active', '2026-11-01', now())`,
    `delete from billing.mandate`,
    { 'I36.used': [DUNNED] },
  ],
  [
    'a collection counts as paid by money that went out',
    'I36.money',
    `insert into billing.mandate (id, merchant_id, creditor_id, reference, scheme, kind, signed_on, iban, debtor_name, state, created_at)
     values ('${DUNNED}', '$beta', 'DE98ZZZ09999999999', 'M-1', 'CORE', 'recurrent', '2026-01-01', 'DE02120300000000202051', 'Beta', 'active', now());
     insert into billing.collection_run (id, number, state, collect_until, created_by, created_at) values ('${DUNNED}', 'LS-1', 'proposed', '2026-11-20', 'x', now());
     insert into billing.direct_debit (invoice_id, merchant_id, mandate_id, collect_on, announced_minor) values ('$paid', '$beta', '${DUNNED}', '2026-11-20', 11900);
     insert into billing.collection_item (id, run_id, merchant_id, invoice_id, mandate_id, amount_minor, sequence, collect_on, end_to_end_id, state, payment_id)
     values ('${DUNNED}', '${DUNNED}', '$beta', '$paid', '${DUNNED}', 30, 'RCUR', '2026-11-20', 'RE-1', 'collected', '${PAYMENT}');
     update billing.payment set amount_minor = -30, unallocated_minor = -30; update billing.bank_entry set amount_minor = -30`,
    `delete from billing.collection_item; delete from billing.direct_debit; delete from billing.collection_run; delete from billing.mandate;
     update billing.payment set amount_minor = 30, unallocated_minor = 10; update billing.bank_entry set amount_minor = 30`,
    { 'I36.money': [DUNNED], 'I36.announced': ['$paid'], 'I32.payment': [PAYMENT] },
  ],
  [
    'a dunning letter has another sum than its invoices',
    'I37.letter',
    `${dunned('ready', 0)}; update billing.dunning_step set open_minor = 99`,
    NOT_DUNNED,
    { 'I37.letter': [DUNNED] },
  ],
  ['an invoice skipped a dunning level', 'I37.levels', dunned('ready', 1), NOT_DUNNED, { 'I37.levels': ['$invoice'] }],
  ['a dunning letter was not drawn', 'I37.document', dunned('pending', 0), NOT_DUNNED, { 'I37.document': [DUNNED] }],
  [
    'something is claimed beside a cancelled invoice',
    'I37.claims',
    `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state) values ('${DUNNED}', '$alpha', '$invoice', 'bankCharge', 300, '2026-11-20', 'open');
     update billing.invoice set state = 'cancelled' where id = '$invoice'`,
    `delete from billing.dunning_claim; update billing.invoice set state = 'finalized' where id = '$invoice'`,
    {
      'I37.claims': [DUNNED],
      'I2.link': ['$charge', '$other'],
      'I14.cancelled': ['$invoice'],
      'I20.row': ['$row'],
      'I31.status': ['$invoice'],
    },
  ],
  [
    'an invoice got another period',
    'I11.announced',
    `update billing.invoice set period_from = period_from - 1 where id = '$invoice'`,
    `update billing.invoice set period_from = period_from + 1 where id = '$invoice'`,
    { 'I11.announced': ['$invoice'], 'I11.content': ['$invoice'] },
  ],
  [
    'an invoice asks for another net than its lines',
    'I5.net',
    `update billing.invoice set net_minor = net_minor + 1, gross_minor = gross_minor + 1 where id = '$invoice'`,
    `update billing.invoice set net_minor = net_minor - 1, gross_minor = gross_minor - 1 where id = '$invoice'`,
    { 'I5.net': ['$invoice'], 'I6.vat': ['$invoice'], 'I11.content': ['$invoice'], 'I11.announced': ['$invoice'] },
  ],
  [
    'an invoice asks for another tax than its rates',
    'I6.vat',
    `update billing.invoice set vat_minor = vat_minor + 1, gross_minor = gross_minor + 1 where id = '$invoice'`,
    `update billing.invoice set vat_minor = vat_minor - 1, gross_minor = gross_minor - 1 where id = '$invoice'`,
    { 'I6.vat': ['$invoice'], 'I11.content': ['$invoice'], 'I11.announced': ['$invoice'] },
  ],
  [
    'a line moved to another rate',
    'I7.basis',
    `update billing.invoice_line set vat_rate_bp = 700 where id = '$line'`,
    `update billing.invoice_line set vat_rate_bp = 1900 where id = '$line'`,
    { 'I7.basis': ['$invoice', '$invoice'], 'I11.lines': ['$invoice'] },
  ],
  [
    'an invoice with VAT says it is outside its scope',
    'I7.group',
    `update billing.invoice set tax_group = 'outside' where id = '$invoice'`,
    `update billing.invoice set tax_group = 'inside' where id = '$invoice'`,
    { 'I7.group': ['$invoice'] },
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
    `update billing.invoice_document set state = 'pending', object_key = null, ${UNARCHIVED} where invoice_id = '$invoice'`,
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
    'the content of a document has lost its number',
    'I11.content',
    `update billing.invoice_document set model = model - 'number' where invoice_id = '$second'`,
    `update billing.invoice_document set model = jsonb_set(model, '{number}', '"RE-2026-00002"') where invoice_id = '$second'`,
    { 'I11.content': ['$second'] },
  ],
  [
    'a document says another period than its invoice',
    'I11.content',
    `update billing.invoice_document set model = jsonb_set(model, '{servicePeriod,from}', '"2026-10-16"') where invoice_id = '$second'`,
    `update billing.invoice_document set model = jsonb_set(model, '{servicePeriod,from}', '"2026-10-01"') where invoice_id = '$second'`,
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
    'a charge was held by nobody',
    'I30.held',
    `update messaging.audit_entry set action = 'gone' where action = 'charge.held' and entity_id = '$job'`,
    `update messaging.audit_entry set action = 'charge.held' where action = 'gone'`,
    { 'I30.held': ['$job'] },
  ],
  ...(
    [
      ['is too young to be held for its age', '2026-08-02', '2026-10-31'],
      ['was held for its age by a run that never was', '2026-01-02', '2026-09-30'],
    ] as const
  ).map(([title, day, cutoff]): (typeof CASES)[number] => [
    `a charge ${title}`,
    'I30.held',
    `update billing.charge set service_date = '${day}', state_reason = 'Older than 90 days at the cut-off ${cutoff}' where id = '${uuidOf('charge', 'kept')}';
     update messaging.audit_entry set action = 'gone' where action = 'charge.held' and entity_id = '${uuidOf('charge', 'kept')}'`,
    `update billing.charge set service_date = '2026-11-03', state_reason = 'test' where id = '${uuidOf('charge', 'kept')}';
     update messaging.audit_entry set action = 'charge.held' where action = 'gone'`,
    { 'I30.held': [uuidOf('charge', 'kept')] },
  ]),
  [
    'a monthly charge was held for its age by a 15th',
    'I30.held',
    `update billing.run_merchant set cutoff = '2026-10-15' where id = '$row'; update billing.charge set service_date = '2026-01-02',
       state_reason = 'Older than 90 days at the cut-off 2026-10-15' where id = '$due'; update messaging.audit_entry set action = 'gone' where action = 'charge.held' and entity_id = '$due'`,
    `update billing.run_merchant set cutoff = '2026-10-31' where id = '$row'; update billing.charge set service_date = '2026-11-03', state_reason = 'test' where id = '$due';
     update messaging.audit_entry set action = 'charge.held' where action = 'gone'`,
    { 'I30.held': ['$due'] },
  ],
  [
    'prices were added by nobody',
    'I30.rate',
    `update messaging.audit_entry set action = 'gone' where action = 'rate-card.version-added'`,
    `update messaging.audit_entry set action = 'rate-card.version-added' where action = 'gone'`,
    { 'I30.rate': ['$version'] },
  ],
  [
    'the first prices of a card were made by nobody',
    'I30.rate',
    `update messaging.audit_entry set after = '{"versions": [{"version": 3}]}' where action = 'rate-card.created'`,
    `update messaging.audit_entry set after = '{"versions": [{"version": 1}]}' where action = 'rate-card.created'`,
    { 'I30.rate': ['$firstVersion'] },
  ],
  [
    'a bill was approved by nobody',
    'I30.approved',
    `update messaging.audit_entry set action = 'gone' where action = 'billing-run.approved' and merchant_id = '$alpha'`,
    `update messaging.audit_entry set action = 'billing-run.approved' where action = 'gone'`,
    { 'I30.approved': ['$row'] },
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

test('X8 a charge that was released after the run, or when nobody noted it yet, is not missed', async () => {
  for (const released of ['now()', 'null']) {
    await corrupt(world.database, fill(due(`late_exempt = true, released_at = ${released},`)));
    expect(await found()).toEqual({});
  }
  await corrupt(world.database, fill(NOT_DUE));
});

test('X8 of each kind of event each charge is missed when it is gone', async () => {
  const missed = () => checkInvariant(world.deps, QUERIES.billing, 'I1.charged');
  const wanted = HAPPENED.flatMap(([type, name, , , charges]) =>
    charges.flatMap(([source, sourceEvent, quantities]) =>
      Object.keys(quantities).map((chargeType) => ({
        event: uuidOf('event', type, name),
        source,
        sourceEvent,
        chargeType,
      })),
    ),
  );
  expect(new Set(wanted.map(({ chargeType }) => chargeType)).size).toBe(17);
  for (const { event, source, sourceEvent, chargeType } of wanted) {
    const one = `source_event = '${sourceEvent}' and charge_type = '${chargeType}'`;
    await corrupt(world.database, `update billing.charge set source = 'gone' where source = '${source}' and ${one}`);
    const { examples } = await missed();
    expect([chargeType, examples.map(({ id }) => id)]).toEqual([chargeType, [event]]);
    await corrupt(world.database, `update billing.charge set source = '${source}' where source = 'gone'`);
  }
  expect(await missed()).toMatchObject({ count: 0 });
});

test('X8 each invariant that is looked for has a row that was corrupted', () => {
  // those of corrections and disputes have theirs in files of their own
  const elsewhere = { ...correctionInvariants, ...disputeInvariants };
  const expected = Object.keys(QUERIES.billing).filter((id) => !(id in elsewhere));
  expect([...new Set(CASES.map(([, id]) => id))].toSorted()).toEqual(expected.toSorted());
});
