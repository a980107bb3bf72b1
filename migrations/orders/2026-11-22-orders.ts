import { Migration } from '@mikro-orm/migrations';
import { appendOnly, schemaGrants, tenantTable } from '../tenant-table.ts';

/** Orders with their shipments, special jobs, and the stock ledger. */
export class Orders extends Migration {
  override up(): void {
    for (const statement of [...schemaGrants('orders'), ...merchants, ...orders, ...shipments, ...jobs, ...stock])
      this.addSql(statement);
  }
}

const merchants = [
  `create table orders.merchant_ref (
     merchant_id uuid primary key,
     version integer not null,
     number text not null,
     name text not null)`,
  ...tenantTable('orders.merchant_ref', { kontor_orders: 'select, insert, update' }),
];

const orders = [
  `create table orders."order" (
     id uuid primary key,
     merchant_id uuid not null,
     channel text not null check (length(channel) between 1 and 40),
     external_number text not null check (length(external_number) between 1 and 80),
     state text not null check (state in ('open', 'partially_shipped', 'shipped', 'cancelled')),
     origin text not null check (origin in ('api', 'import')),
     consumer jsonb,
     country text not null check (country ~ '^[A-Z]{2}$'),
     currency text not null check (currency ~ '^[A-Z]{3}$'),
     ordered_at timestamptz not null,
     content_hash text not null,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (merchant_id, id),
     constraint order_external_number unique (merchant_id, channel, external_number))`,
  'create index order_by_time on orders."order" (ordered_at, id)',
  'create index order_by_merchant on orders."order" (merchant_id, ordered_at, id)',
  // a parcel's paper names the order only, not its merchant
  'create index order_by_number on orders."order" (external_number)',
  ...tenantTable('orders."order"', { kontor_orders: 'select, insert, update' }),
  `create table orders.order_line (
     id uuid primary key,
     merchant_id uuid not null,
     order_id uuid not null,
     ordinal integer not null check (ordinal > 0),
     sku text not null check (length(sku) between 1 and 80),
     name text not null,
     quantity integer not null check (quantity > 0),
     unit_price numeric(18,6) check (unit_price >= 0),
     -- the sum of its shipment lines; the check is what makes shipping too much impossible
     shipped_quantity integer not null default 0 check (shipped_quantity between 0 and quantity),
     foreign key (merchant_id, order_id) references orders."order" (merchant_id, id),
     unique (order_id, id),
     unique (order_id, ordinal))`,
  ...tenantTable('orders.order_line', { kontor_orders: 'select, insert, update' }),
];

const shipments = [
  `create table orders.shipment (
     id uuid primary key,
     merchant_id uuid not null,
     order_id uuid not null,
     first_of_order boolean not null,
     reference text check (length(reference) between 1 and 80),
     parcels integer not null check (parcels > 0),
     weight_grams integer not null check (weight_grams >= 0),
     carrier text check (length(carrier) between 1 and 40),
     tracking_number text check (length(tracking_number) between 1 and 80),
     shipped_at timestamptz not null,
     service_date date not null,
     content_hash text not null,
     created_at timestamptz not null,
     foreign key (merchant_id, order_id) references orders."order" (merchant_id, id),
     unique (order_id, id),
     constraint shipment_reference unique (order_id, reference))`,
  // what is charged once per order hangs on the first shipment (D3)
  'create unique index shipment_first on orders.shipment (order_id) where first_of_order',
  'create index shipment_tracking on orders.shipment (tracking_number)',
  ...tenantTable('orders.shipment', { kontor_orders: 'select, insert' }),
  `create table orders.shipment_line (
     shipment_id uuid not null,
     order_line_id uuid not null,
     merchant_id uuid not null,
     order_id uuid not null,
     quantity integer not null check (quantity > 0),
     primary key (shipment_id, order_line_id),
     foreign key (order_id, shipment_id) references orders.shipment (order_id, id),
     foreign key (order_id, order_line_id) references orders.order_line (order_id, id))`,
  'create index shipment_line_order on orders.shipment_line (order_id, order_line_id)',
  ...tenantTable('orders.shipment_line', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.shipment_line'),
];

const jobs = [
  'create sequence orders.special_job_number start 1001',
  'grant usage on sequence orders.special_job_number to kontor_orders',
  `create table orders.special_job (
     id uuid primary key,
     merchant_id uuid not null,
     number text not null unique,
     code text not null check (length(code) between 1 and 60),
     description text not null check (length(description) between 1 and 200),
     unit text not null check (unit in ('piece', 'minute', 'hour', 'job')),
     quantity numeric(18,6) not null check (quantity > 0),
     state text not null check (state in ('open', 'signed_off')),
     service_date date,
     signed_off_at timestamptz,
     revision integer not null default 0 check (revision >= 0),
     content_hash text not null,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     check ((state = 'signed_off') = (service_date is not null)),
     check ((state = 'signed_off') = (signed_off_at is not null)))`,
  'create index special_job_by_merchant on orders.special_job (merchant_id, created_at, id)',
  'create index special_job_by_time on orders.special_job (created_at, id)',
  ...tenantTable('orders.special_job', { kontor_orders: 'select, insert, update' }),
];

const stock = [
  `create table orders.restocked_return (
     return_id uuid primary key,
     merchant_id uuid not null,
     revision integer not null)`,
  ...tenantTable('orders.restocked_return', { kontor_orders: 'select, insert, update' }),
  `create table orders.stock_movement (
     id uuid primary key,
     merchant_id uuid not null,
     sku text,
     name text not null,
     quantity integer not null check (quantity <> 0),
     quality text not null check (quality in ('a', 'b')),
     kind text not null check (kind in ('restocked', 'restock_reversed')),
     source text not null check (source in ('return')),
     source_id uuid not null,
     source_number text not null,
     source_item_id uuid not null,
     revision integer not null,
     service_date date not null,
     occurred_at timestamptz not null,
     recorded_at timestamptz not null,
     check ((kind = 'restocked') = (quantity > 0)),
     constraint stock_movement_source unique (source, source_item_id, revision, kind))`,
  'create index stock_movement_source_document on orders.stock_movement (source, source_id)',
  'create index stock_movement_by_merchant on orders.stock_movement (merchant_id, occurred_at, id)',
  'create index stock_movement_by_time on orders.stock_movement (occurred_at, id)',
  ...tenantTable('orders.stock_movement', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.stock_movement'),
];
