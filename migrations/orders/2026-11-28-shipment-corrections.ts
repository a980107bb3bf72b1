import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn, tenantTable } from '../tenant-table.ts';

/** Shipments that were called back before the carrier took them, and what parcels were packed in. */
export class ShipmentCorrections extends Migration {
  override up(): void {
    for (const statement of [...cancellations, ...packagings]) this.addSql(statement);
  }
}

const cancellations = [
  // the revision rises when what was announced of a shipment turned out otherwise
  `alter table orders.shipment
     add column revision integer not null default 0 check (revision >= 0),
     add column cancelled_at timestamptz,
     add column cancelled_on date,
     add column cancel_reason text check (length(cancel_reason) between 1 and 200),
     add column restocked boolean,
     add constraint shipment_cancelled check (num_nulls(cancelled_at, cancelled_on, cancel_reason, restocked) in (0, 4))`,
  'grant update (first_of_order, revision, cancelled_at, cancelled_on, cancel_reason, restocked) on orders.shipment to kontor_orders',
  // what is charged once per order hangs on the first of the shipments that are left (D3)
  'drop index orders.shipment_first',
  'create unique index shipment_first on orders.shipment (order_id) where first_of_order and cancelled_at is null',
];

const packagings = [
  // of the house, the same for all merchants
  `create table orders.packaging (
     id uuid primary key,
     code text not null unique check (length(code) between 1 and 60),
     name text not null check (length(name) between 1 and 120),
     ean text check (length(ean) between 1 and 48),
     -- as comparableCode makes it
     comparable_ean text generated always as (case when ean ~ '^[0-9]{1,14}$' then lpad(ean, 14, '0') else ean end) stored,
     active boolean not null default true,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null)`,
  'create unique index packaging_ean on orders.packaging (comparable_ean) where active',
  ...grantsOn('orders.packaging', { kontor_orders: 'select, insert, update' }),
  `create table orders.shipment_packaging (
     shipment_id uuid not null references orders.shipment,
     ordinal integer not null check (ordinal > 0),
     merchant_id uuid not null,
     code text not null references orders.packaging (code),
     parcel integer check (parcel > 0),
     quantity integer not null check (quantity > 0),
     primary key (shipment_id, ordinal))`,
  ...tenantTable('orders.shipment_packaging', { kontor_orders: 'select, insert' }),
  ...appendOnly('orders.shipment_packaging'),
];
