import { Migration } from '@mikro-orm/migrations';
import { grantsOn, schemaGrants, tenantTable } from '../tenant-table.ts';

/** Returns with their items and photos, batches of unsellable goods, and what is known of merchants and orders. */
export class Returns extends Migration {
  override up(): void {
    for (const statement of [
      ...schemaGrants('returns'),
      ...merchants,
      ...shippedOrders,
      ...numbers,
      ...batches,
      ...returns,
      ...items,
      ...photos,
      ...frozenBatches,
    ])
      this.addSql(statement);
  }
}

const merchants = [
  `create table returns.merchant_ref (
     merchant_id uuid primary key,
     version integer not null,
     number text not null,
     name text not null,
     language text not null check (language in ('de', 'en')),
     address jsonb not null,
     rtv_address jsonb,
     rtv_schedule text not null,
     return_rules jsonb not null)`,
  ...tenantTable('returns.merchant_ref', { kontor_returns: 'select, insert, update' }),
];

const shippedOrders = [
  `create table returns.order_ref (
     order_id uuid primary key,
     merchant_id uuid not null,
     number text not null,
     channel text not null,
     shipped_at timestamptz not null)`,
  'create index order_ref_number on returns.order_ref (number, merchant_id)',
  ...tenantTable('returns.order_ref', { kontor_returns: 'select, insert, update' }),
  `create table returns.shipment_ref (
     shipment_id uuid primary key,
     order_id uuid not null,
     merchant_id uuid not null,
     tracking_number text)`,
  'create index shipment_ref_tracking on returns.shipment_ref (tracking_number) where tracking_number is not null',
  ...tenantTable('returns.shipment_ref', { kontor_returns: 'select, insert' }),
  // one row per shipment and line: what was shipped of an order line is their sum
  `create table returns.order_line_ref (
     shipment_id uuid not null,
     order_line_id uuid not null,
     order_id uuid not null,
     merchant_id uuid not null,
     sku text not null,
     name text not null,
     quantity integer not null check (quantity > 0),
     primary key (order_id, order_line_id, shipment_id))`,
  'create index order_line_ref_sku on returns.order_line_ref (sku, order_id)',
  ...tenantTable('returns.order_line_ref', { kontor_returns: 'select, insert' }),
];

// gaps mean nothing here, unlike in invoices, so workers at the same moment do not wait for each other
const numbers = ['return_number', 'rtv_batch_number'].flatMap((sequence) => [
  `create sequence returns.${sequence}`,
  ...grantsOn(`sequence returns.${sequence}`, { kontor_returns: 'usage' }),
]);

const batches = [
  `create table returns.rtv_batch (
     id uuid primary key,
     merchant_id uuid not null constraint rtv_batch_merchant references returns.merchant_ref (merchant_id),
     version integer not null default 1,
     number text not null constraint rtv_batch_number_once unique,
     warehouse text not null,
     state text not null check (state in ('open', 'closing', 'packed', 'dispatched', 'delivered', 'confirmed',
       'disputed', 'resolved', 'cancelled')),
     closed_at timestamptz,
     closed_on date,
     dispatched_at timestamptz,
     dispatched_on date,
     delivered_at timestamptz,
     confirmed_at timestamptz,
     carrier text,
     tracking_number text,
     parcels integer check (parcels > 0),
     weight_grams integer check (weight_grams > 0),
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint rtv_batch_of_merchant unique (merchant_id, id),
     constraint rtv_batch_closed check ((closed_at is null) = (state in ('open', 'cancelled'))),
     constraint rtv_batch_dispatched check ((state in ('open', 'closing', 'packed', 'cancelled')) = (dispatched_at is null)),
     constraint rtv_batch_tracked check (dispatched_at is null or (carrier is not null and tracking_number is not null
       and parcels is not null and weight_grams is not null)))`,
  `create unique index rtv_batch_one_open on returns.rtv_batch (merchant_id, warehouse) where state = 'open'`,
  'create index rtv_batch_created on returns.rtv_batch (created_at, id)',
  'create index rtv_batch_merchant_created on returns.rtv_batch (merchant_id, created_at, id)',
  ...tenantTable('returns.rtv_batch', { kontor_returns: 'select, insert, update' }),
];

/** A parcel whose merchant nobody knows has none; its items and photos must then have none either, and never differ. */
const SAME_OWNER = `owner uuid generated always as (coalesce(merchant_id, '00000000-0000-0000-0000-000000000000')) stored`;

const returns = [
  `create table returns.return (
     id uuid primary key,
     merchant_id uuid constraint return_merchant references returns.merchant_ref (merchant_id),
     ${SAME_OWNER},
     version integer not null default 1,
     number text not null constraint return_number_once unique,
     kind text not null check (kind in ('withdrawal', 'complaint', 'undeliverable', 'exchange')),
     state text not null check (state in ('announced', 'in_transit', 'received', 'inspecting', 'inspected',
       'awaiting_decision', 'processing', 'completed', 'cancelled', 'expired', 'lost')),
     match_state text not null check (match_state in ('unknown_merchant', 'unmatched', 'matched')),
     channel text not null,
     external_number text,
     order_id uuid,
     order_number text,
     carrier text,
     tracking_number text,
     note text not null,
     revision integer not null default 0 check (revision >= 0),
     announced_at timestamptz,
     received_at timestamptz,
     received_on date,
     inspected_at timestamptz,
     inspected_on date,
     completed_at timestamptz,
     photo_count integer not null default 0,
     content_hash text not null,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint return_owner unique (owner, id),
     constraint return_external_number unique (merchant_id, channel, external_number),
     constraint return_match check (match_state = case when merchant_id is null then 'unknown_merchant'
       when order_id is null then 'unmatched' else 'matched' end),
     constraint return_has_merchant check (merchant_id is not null
       or state not in ('inspected', 'awaiting_decision', 'processing', 'completed')),
     constraint return_received check ((received_at is null)
       = (state in ('announced', 'in_transit', 'cancelled', 'expired', 'lost')) and (received_at is null) = (received_on is null)),
     constraint return_inspected check ((inspected_at is null)
       = (state not in ('inspected', 'awaiting_decision', 'processing', 'completed')) and (inspected_at is null) = (inspected_on is null)),
     constraint return_completed check ((completed_at is not null) = (state = 'completed')))`,
  'create index return_created on returns.return (created_at, id)',
  'create index return_merchant_created on returns.return (merchant_id, created_at, id)',
  'create index return_state_created on returns.return (state, created_at, id)',
  `create index return_unknown on returns.return (created_at, id) where merchant_id is null`,
  'create index return_tracking on returns.return (tracking_number) where tracking_number is not null',
  'create index return_external on returns.return (external_number) where external_number is not null',
  'create index return_order_number on returns.return (order_number) where order_number is not null',
  ...tenantTable('returns.return', { kontor_returns: 'select, insert, update' }),
];

const items = [
  `create table returns.return_item (
     id uuid primary key,
     return_id uuid not null,
     merchant_id uuid,
     ${SAME_OWNER},
     position integer not null,
     split_from uuid references returns.return_item (id),
     origin text not null check (origin in ('expected', 'unexpected', 'foreign')),
     sku text,
     name text not null,
     quantity integer not null check (quantity > 0),
     state text not null check (state in ('expected', 'received', 'missing', 'graded', 'disposition_proposed', 'decided',
       'restocked', 'in_rtv_batch', 'returned_to_merchant', 'disposed', 'donated', 'refurbishing', 'on_hold')),
     grade text check (grade in ('A', 'B', 'C', 'D')),
     reason text,
     note text not null,
     disposition text check (disposition in ('restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold')),
     disposition_source text check (disposition_source in ('rule', 'manual')),
     disposition_reason text,
     rtv_batch_id uuid,
     inspected_at timestamptz,
     inspected_by text,
     constraint return_item_of_return unique (return_id, id),
     -- deferred, because a match changes return, items and photos in one transaction
     constraint return_item_owner foreign key (owner, return_id) references returns.return (owner, id)
       deferrable initially deferred,
     constraint return_item_batch foreign key (merchant_id, rtv_batch_id) references returns.rtv_batch (merchant_id, id),
     constraint return_item_in_batch check ((rtv_batch_id is not null) = (state in ('in_rtv_batch', 'returned_to_merchant'))
       and (rtv_batch_id is null or (merchant_id is not null and grade is not null))),
     constraint return_item_named check (sku is not null or name <> ''),
     constraint return_item_decided check ((disposition is null) = (disposition_source is null)))`,
  'create index return_item_sku on returns.return_item (sku, return_id) where sku is not null',
  'create index return_item_batch on returns.return_item (rtv_batch_id) where rtv_batch_id is not null',
  'create index return_item_split on returns.return_item (split_from) where split_from is not null',
  ...tenantTable('returns.return_item', { kontor_returns: 'select, insert, update' }),
];

const photos = [
  `create table returns.photo (
     id uuid primary key,
     return_id uuid not null,
     item_id uuid,
     merchant_id uuid,
     ${SAME_OWNER},
     client_photo_id text not null,
     sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
     full_key text not null,
     web_key text not null,
     thumb_key text not null,
     bytes bigint not null check (bytes > 0),
     width integer not null check (width > 0),
     height integer not null check (height > 0),
     taken_at timestamptz,
     uploaded_at timestamptz not null,
     uploaded_by text not null,
     constraint photo_once unique (return_id, client_photo_id),
     constraint photo_owner foreign key (owner, return_id) references returns.return (owner, id)
       deferrable initially deferred,
     constraint photo_item foreign key (return_id, item_id) references returns.return_item (return_id, id))`,
  'create index photo_item on returns.photo (item_id) where item_id is not null',
  ...tenantTable('returns.photo', { kontor_returns: 'select, insert, update' }),
];

/** Closing freezes the contents, whoever writes (domain.md, RTV batch). */
const frozenBatches = [
  `create function returns.batch_takes_only_while_open() returns trigger language plpgsql as $$
   declare state_of text;
   begin
     for state_of in select state from returns.rtv_batch
       where id in (new.rtv_batch_id, case when tg_op = 'UPDATE' then old.rtv_batch_id end) order by id for share
     loop
       if state_of <> 'open' then
         raise exception 'a batch that is % is frozen', state_of using errcode = 'check_violation', constraint = 'rtv_batch_frozen';
       end if;
     end loop;
     return new;
   end $$`,
  `create trigger return_item_joins_batch before insert on returns.return_item for each row
     when (new.rtv_batch_id is not null) execute function returns.batch_takes_only_while_open()`,
  `create trigger return_item_changes_batch before update on returns.return_item for each row
     when (old.rtv_batch_id is distinct from new.rtv_batch_id or (old.rtv_batch_id is not null and old.quantity <> new.quantity))
     execute function returns.batch_takes_only_while_open()`,
];
