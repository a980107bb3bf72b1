import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { ALL_INVARIANTS } from '../../../shared/protocol/self-check/index.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';

let world: BillingWorld;
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
const [alpha, beta] = [uuidOf('merchant', 'Alpha GmbH'), uuidOf('merchant', 'Beta GmbH')];
const [order, orderLine, parcel, item] = ['order', 'orderLine', 'return', 'item'].map((name) =>
  uuidOf('self-check', name),
);

/** One row of everything that a constraint watches. */
beforeAll(async () => {
  world = await createBillingWorld();
  await world.addMerchant('Alpha GmbH');
  await world.addMerchant('Beta GmbH');
  await world.addCharges([{ merchantId: alpha, rule: 'pack', day: '2026-10-20' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  await world.addCharges([{ merchantId: beta, rule: 'pack', day: '2026-11-02' }]);
  await query(
    `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by) values (gen_random_uuid(), $1, 'main', '2026-10-30', 'api', 'x', 'test')`,
    [alpha],
  );
  await query(
    `insert into returns.merchant_ref (merchant_id, version, number, name, language, address, rtv_schedule, return_rules) select m, 1, n, n, 'de', '{}', 'manual', '[]'
     from (values ($1::uuid, '1'), ($2::uuid, '2')) as t (m, n)`,
    [alpha, beta],
  );
  await query(
    `insert into returns.return (id, merchant_id, number, kind, state, match_state, channel, note, received_at, received_on, content_hash, created_at, updated_at)
     values ($1, $2, 'R-1', 'complaint', 'received', 'unmatched', 'web', '', now(), now(), 'x', now(), now())`,
    [parcel, alpha],
  );
  await query(
    `insert into returns.return_item (id, return_id, merchant_id, position, origin, name, quantity, state, note) values ($1, $2, $3, 1, 'expected', 'x', 1, 'received', '')`,
    [item, parcel, alpha],
  );
  await query(
    `insert into orders."order" (id, merchant_id, channel, external_number, state, origin, country, currency, ordered_at, content_hash, created_at, updated_at)
     values ($1, $2, 'web', '1', 'open', 'api', 'DE', 'EUR', now(), 'x', now(), now())`,
    [order, alpha],
  );
  await query(
    `insert into orders.order_line (id, merchant_id, order_id, ordinal, sku, name, quantity) values ($1, $2, $3, 1, 'X', 'x', 1)`,
    [orderLine, alpha, order],
  );
});
afterAll(() => world.close());

const again = (table: string, changes: object, where = 'true') =>
  `insert into ${table} select n.* from ${table} t, jsonb_populate_record(t, '${JSON.stringify(changes)}') n where ${where} limit 1`;
const id = () => ({ id: crypto.randomUUID() });
const batch = `insert into returns.rtv_batch (id, merchant_id, number, warehouse, state, schedule_from, joined_on, created_at, updated_at)
  values (gen_random_uuid(), '${alpha}', gen_random_uuid(), 'main', 'open', now(), now(), now(), now())`;
const contract = (
  from: string,
) => `insert into merchants.contract (id, merchant_id, created_content, starts_on, fulfilment_cadence, month_end_documents, software_fee, created_at, updated_at)
  values (gen_random_uuid(), '${alpha}', 'x', '${from}', 'monthly', 'one', false, now(), now())`;
const merchant = `insert into merchants.merchant (id, merchant_id, created_content, number, name, status, language, address, tax_treatment, payment_terms_days, invoice_emails, notice_emails,
    rtv_schedule, return_rules, roles, origin, created_at, updated_at)
  values ('${alpha}', '${alpha}', 'x', '1', 'x', 'active', 'de', '{"country": "DE"}', 'domestic', 14, '{a@example.com}', '{}', 'manual', '[]', '{customer}', 'manual', now(), now())`;
const message = `insert into notifications.message (id, merchant_id, kind, document_id, revision, recipient, language, sender_name, sender_address, subject, html, text, attachments,
    message_id_header, state, sent_at, created_at, updated_at)
  values (gen_random_uuid(), '${alpha}', 'invoiceReady', '${order}', 0, 'a@example.com', 'de', 'x', 'b@example.com', 's', 'h', 't', '[]',
    '<' || gen_random_uuid() || '@example.com>', 'sent', now(), now(), now())`;
/** A line of a carrier that was settled, and a further step of it. */
const carrierLine = (outcome: string, revision: number) => {
  const step = (what: string, at: number) =>
    `insert into orders.carrier_line_outcome (line_id, revision, outcome, by_hand, reason, settled_by, settled_at)
       select id, ${at}, '${what}', true, 'x', 'test', now() from orders.carrier_line`;
  return `insert into orders.carrier_invoice (id, carrier, number, invoiced_on, currency, line_count, amount_minor, content_hash, origin, imported_by, imported_at)
      values ('${order}', 'DHL', '1', now(), 'EUR', 1, 1, 'x', 'api', 'test', now()) on conflict do nothing;
    insert into orders.carrier_line (id, invoice_id, line, tracking_number, kind, amount_minor, description, imported_at)
      values ('${orderLine}', '${order}', 1, 'T', 'toll', 1, '', now()) on conflict do nothing;
    ${step('dismissed', 0)} on conflict do nothing; ${step(outcome, revision)}`;
};
const cancellation = (number: number) =>
  `insert into billing.invoice select n.* from billing.invoice t, jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'kind', 'cancellation',
     'corrects_id', t.id, 'series_number', ${number}, 'number', 'ST-2026-${number}')) n where t.kind = 'invoice' limit 1`;
const openDispute = `insert into billing.line_dispute (id, merchant_id, invoice_id, line_id, reason, opened_by, opened_at)
  select gen_random_uuid(), merchant_id, invoice_id, id, 'other', 'test', now() from billing.invoice_line order by id limit 1`;
const delivery = `insert into messaging.delivery (consumer, event_id, occurred_at) select 'test.once', id, now() from messaging.event order by id limit 1`;

/** An export of everything that was issued, each document as new. */
const exported = `with made as (
    insert into billing.export (id, issuer_id, kind, period, only_new, made_by, made_by_name, made_at, object_key, sha256, bytes, filename, summary, findings)
    select gen_random_uuid(), id, 'bundle', '2026-11', false, 'test', 'Test', now(), 'exports/x.zip', repeat('0', 64), 1, 'x.zip', '{}', '[]' from billing.issuer returning id)
  insert into billing.export_document (export_id, kind, invoice_id, merchant_id, month)
  select made.id, 'bundle', i.id, i.merchant_id, '2026-11' from billing.invoice i, made`;

/** What would contradict each invariant that a constraint keeps; the last statement is the one that is refused. */
const REFUSED: Record<string, string> = {
  'I1.once': `update billing.charge c set source_event = f.source_event, charge_type = f.charge_type from billing.charge f where c.merchant_id = '${beta}' and f.merchant_id = '${alpha}'`,
  'I1.rated': `update billing.charge set rule_id = null, rule_key = null, version_id = null, unit_price = null`,
  'I3.owner': `update billing.charge set line_id = (select id from billing.invoice_line limit 1) where merchant_id = '${beta}'`,
  'I1.quantity': `update billing.charge set trace = trace || '{"quantity": "1"}', quantity = 10`,
  'I13.collected': `alter table billing.run_merchant disable trigger user; update billing.run_merchant set collected_at = null`,
  'I16.once': again('billing.storage_header', id()),
  'I4.net': `alter table billing.invoice_line disable trigger user; update billing.invoice_line set net_minor = net_minor + 1`,
  'I6.gross': `alter table billing.invoice disable trigger user; update billing.invoice set gross_minor = gross_minor + 1`,
  'I7.rate': `alter table billing.invoice_vat disable trigger user; update billing.invoice_vat set vat_minor = vat_minor + 1`,
  'I8.unique': again('billing.invoice', { ...id(), split: 'monthly', number: 'RE-2026-00009' }),
  'I10.number': `alter table billing.invoice disable trigger user; update billing.invoice set state = 'draft'`,
  'I12.one': again('billing.invoice', { ...id(), series_number: 9, number: 'RE-2026-00009' }),
  'I31.first': `${exported}; ${exported}`,
  'I14.one': `${cancellation(1)}; ${cancellation(2)}`,
  'I15.negative': `alter table billing.invoice disable trigger user; update billing.invoice set kind = 'creditNote'`,
  'I38.one': `${openDispute}; ${openDispute}`,
  'I17.place': `update returns.return_item set state = 'in_rtv_batch', grade = 'D'`,
  'I20.open': `${batch}; ${batch}`,
  'I20.state': `update returns.return set state = 'inspected'`,
  'I26.hash': `insert into returns.photo (id, return_id, merchant_id, client_photo_id, sha256, full_key, web_key, thumb_key, bytes, width, height, uploaded_at, uploaded_by, kind)
    values (gen_random_uuid(), '${parcel}', '${alpha}', 'c', 'none', 'f', 'w', 't', 1, 1, 1, now(), 'test', 'parcel')`,
  'I27.items': `set constraints all immediate; update returns.return_item set merchant_id = '${beta}'`,
  'I19.over': `update orders.order_line set shipped_quantity = 2`,
  'I12.carrier-line': `${carrierLine('reopened', 1)}; ${carrierLine('reopened', 1)}`,
  'I20.carrier-line': carrierLine('dismissed', 1),
  'I12.contracts': `${merchant}; ${contract('2026-01-01')}; ${contract('2026-05-01')}`,
  'I25.once': `${message}; ${message}`,
  'I22.once': `${delivery}; ${delivery}`,
  'I29.answers': `insert into messaging.idempotency (principal, action, key, request_hash) values ('p', 'a', 'k', 'h')`,
};

const KEPT = ALL_INVARIANTS.flatMap((invariant) =>
  invariant.by === undefined ? [] : [[invariant.id, invariant.by] as const],
);

test.each(KEPT)('X8 %s is impossible by %s', async (invariant, by) => {
  const refused = await query(REFUSED[invariant] ?? 'select 1').then(
    () => 'nothing',
    (error: { schema?: string; table?: string; constraint?: string; column?: string }) =>
      `${error.schema}.${error.table} ${error.constraint ?? `${error.column} not null`}`,
  );
  expect(refused).toBe(by);
});

test('X8 every constraint of the list is tried', () => {
  expect(Object.keys(REFUSED).toSorted()).toEqual(KEPT.map(([invariant]) => invariant).toSorted());
});
