import type { TestDatabase } from './database.ts';

/** Some merchants of a house that has worked for years: one has much, one has next to nothing. */
export interface House {
  /** Nearly everything is its own. */
  large: string;
  /** Every 2000th row is its own. */
  small: string;
}

/**
 * Fills the tables that grow, past triggers and foreign keys: as many returns and orders, three times as many items,
 * lines and stock movements, ten events to each. What is open is young, all else ended long ago, as in real life.
 */
export async function fillWithMany(database: TestDatabase, count: number): Promise<House> {
  const statements = [
    'begin',
    'set local session_replication_role = replica',
    seeds(count),
    ...RETURNS,
    ...ORDERS,
    ...MESSAGES,
    ...EVENTS,
    'commit',
    'analyze',
  ];
  await database.query(statements.join(';\n'));
  const [house] = await database.query<House & Record<string, string>>(
    `select min(merchant::text) filter (where g % 2000 <> 7) as large, min(merchant::text) filter (where g % 2000 = 7) as small from public.seed`,
  );
  return house!;
}

/** `state` is that of the return. */
const seeds = (count: number): string => `create table public.seed as
  with merchants as materialized (select gen_random_uuid() as large, gen_random_uuid() as small)
  select g, gen_random_uuid() as id, gen_random_uuid() as order_id, case when g % 2000 = 7 then small else large end as merchant,
    now() - (${count} - g) * interval '5 min' as at, g > ${count} * 0.999 as fresh,
    case when g > ${count} * 0.99 then (array['announced', 'received', 'inspecting', 'awaiting_decision', 'processing'])[1 + g % 5]
      else 'completed' end as state
  from merchants, generate_series(1, ${count}) g`;

const RETURNS = [
  `insert into returns.merchant_ref (merchant_id, version, number, name, language, address, rtv_schedule, return_rules)
   select distinct on (merchant) merchant, 1, g::text, 'Merchant ' || g, 'de', '{}'::jsonb, 'weekly', '[]'::jsonb from public.seed order by merchant, g`,
  `insert into returns.return (id, merchant_id, number, kind, state, match_state, channel, external_number, order_id, order_number,
     carrier, tracking_number, note, announced_at, received_at, received_on, inspected_at, inspected_on, completed_at, content_hash,
     created_at, updated_at, inspection_due_at, decision_due_at)
   select id, merchant, 'RT-' || g, 'withdrawal', state, case when g % 5000 = 1 then 'unmatched' else 'matched' end, 'shop', 'RMA-' || g,
     case when g % 5000 <> 1 then order_id end, 'O-' || g, 'dhl', 'TRK' || g, '', at, case when state <> 'announced' then at end,
     case when state <> 'announced' then at::date end, case when inspected then at end, case when inspected then at::date end,
     case when state = 'completed' then at end, 'h', at, at, case when state <> 'announced' then at + interval '1 day' end,
     case when state = 'awaiting_decision' then at + interval '7 days' end
   from (select *, state in ('awaiting_decision', 'processing', 'completed') as inspected from public.seed) seed`,
  `insert into returns.return_parcel (id, return_id, merchant_id, carrier, tracking_number, received_at, received_on)
   select gen_random_uuid(), id, merchant, 'dhl', 'TRK' || g, at, at::date from public.seed where state <> 'announced'`,
  `insert into returns.return_item (id, return_id, merchant_id, position, origin, sku, name, quantity, state, note, asked_at,
     decision_due_at, decision_default, quarantined_at)
   select gen_random_uuid(), id, merchant, p, 'expected', 'SKU-' || (g * 3 + p) % 2000, 'Article', 1,
     case when asked and p = 1 then 'disposition_proposed' when held and p = 1 then 'on_hold' else 'received' end, '', case when asked and p = 1 then at end,
     case when asked and p = 1 then at + interval '7 days' end, case when asked and p = 1 then 'restock' end,
     case when held and p = 1 then at end
   from (select *, state = 'awaiting_decision' as asked, state = 'processing' as held from public.seed) seed, generate_series(1, 3) p`,
  `insert into returns.order_ref (order_id, merchant_id, number, channel, shipped_at) select order_id, merchant, 'O-' || g, 'shop', at from public.seed`,
  `insert into returns.shipment_ref (shipment_id, order_id, merchant_id, tracking_number)
   select gen_random_uuid(), order_id, merchant, 'OUT' || g from public.seed`,
  `insert into returns.order_line_ref (shipment_id, order_line_id, order_id, merchant_id, sku, name, quantity)
   select gen_random_uuid(), gen_random_uuid(), order_id, merchant, 'SKU-' || (g * 3 + p) % 2000, 'Article', 1
   from public.seed, generate_series(1, 3) p`,
];

const ORDERS = [
  `insert into orders."order" (id, merchant_id, channel, external_number, state, origin, country, currency, ordered_at, content_hash,
     created_at, updated_at)
   select order_id, merchant, 'shop', 'O-' || g, case when g % 5000 = 1 then 'cancelled' else 'shipped' end, 'api', 'DE', 'EUR', at, 'h', at, at
   from public.seed`,
  `insert into orders.special_job (id, merchant_id, number, code, description, unit, quantity, estimated_quantity, opened_on, state, service_date,
     signed_off_at, content_hash, created_at, updated_at)
   select gen_random_uuid(), merchant, 'SJ-' || g, 'c', 'd', 'piece', 1, 1, at::date, case when fresh then 'open' else 'signed_off' end,
     case when not fresh then at::date end, case when not fresh then at end, 'h', at - interval '1 year', at from public.seed`,
  `insert into orders.goods_in (id, merchant_id, number, reference, announced, expected_on, note, state, received_at, closed_at, service_date,
     pallets, cartons, minutes, content_hash, created_at, updated_at)
   select id, merchant, 'GI-' || g, 'LS-' || g, true, at::date, '', case when fresh then 'announced' else 'closed' end, case when not fresh then at end,
     case when not fresh then at end, case when not fresh then at::date end, 1, 1, 1, 'h', at, at from public.seed`,
  `insert into orders.stock_movement (id, merchant_id, sku, name, quantity, quality, kind, source, source_id, source_number,
     source_item_id, revision, service_date, occurred_at, recorded_at)
   select gen_random_uuid(), merchant, 'SKU-' || (g * 3 + p) % 2000, 'Article', 1, 'a', 'restocked', 'return', id, 'RT', gen_random_uuid(),
     0, at::date, at, at from public.seed, generate_series(1, 3) p`,
  `insert into orders.article (id, merchant_id, sku, name, origin, active, created_at, updated_at)
   select id, merchant, 'SKU-' || g, 'Article ' || g, 'entered', g % 5000 <> 1, at, at from public.seed`,
];

const MESSAGES = [
  `insert into notifications.message (id, merchant_id, kind, document_id, revision, recipient, language, sender_name, sender_address,
     subject, html, text, attachments, message_id_header, state, next_at, sent_at, created_at, updated_at)
   select gen_random_uuid(), merchant, case when g % 5000 = 1 then 'invoiceReady' else 'returnInspected' end, id, 0, 'a@b.de', 'de', 'x',
     'a@b.de', 's', 'h', 't', '[]', '<' || id || '@a.de>', case when g % 5000 = 2 then 'bounced' when fresh then 'queued' else 'sent' end,
     case when fresh and g % 5000 <> 2 then at end, at, at, at from public.seed`,
  `insert into notifications.digest_entry (event_id, merchant_id, kind, document_id, revision, day, occurred_at, payload, digest_id, created_at)
   select gen_random_uuid(), merchant, 'returnReceived', id, 0, at::date, at, '{}', case when not fresh then id end, at from public.seed`,
  `insert into notifications.decision_reminder (id, merchant_id, return_id, revision, remind_at, payload, done_at, outcome, created_at)
   select gen_random_uuid(), merchant, id, 0, at, '{}', case when not fresh then at end, case when not fresh then 'reminded' end, at
   from public.seed`,
];

const EVENTS = [
  `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
   select gen_random_uuid(), 'returns.return-received.v1', merchant, at, '{}', 'r' from public.seed, generate_series(1, 10)`,
  `insert into messaging.delivery (consumer, event_id, occurred_at, attempts, next_at, done_at)
   select 'notifications.tell-return-received', id, occurred_at, case when occurred_at > now() - interval '1 hour' then 0 else 1 end, occurred_at,
     case when occurred_at <= now() - interval '1 hour' then occurred_at end from messaging.event`,
  `insert into messaging.audit_entry (id, at, service, actor_kind, actor_id, request_id, action, entity, entity_id, merchant_id)
   select gen_random_uuid(), at, 'returns', 'user', 'w', 'r', 'return.received', 'return', id::text, merchant from public.seed`,
  `insert into messaging.idempotency (principal, action, key, request_hash, response, service, created_at)
   select 'w', 'a', id::text, 'h', '{}', 'kontor_returns', at from public.seed`,
];
