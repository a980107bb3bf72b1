import { Migration } from '@mikro-orm/migrations';
import { appendOnly, grantsOn } from '../tenant-table.ts';

/** What carriers charge the house for beyond the freight, by tracking number, and whose shipment it was. */
export class CarrierInvoices extends Migration {
  override up(): void {
    for (const statement of [...numbers, ...invoices, ...settled]) this.addSql(statement);
  }
}

const numbers = [
  // as numbers are compared: without blanks and hyphens, in capital letters
  `create function orders.tracking_key(number text) returns text language sql immutable parallel safe
     return upper(regexp_replace(number, '[\\s-]', '', 'g'))`,
  'grant execute on function orders.tracking_key(text) to kontor_orders',
  'create index shipment_tracking_key on orders.shipment (orders.tracking_key(tracking_number)) where tracking_number is not null',
];

/** What the house is billed is its own affair: no merchant sees it, not even the lines of the own shipments. */
const houseTable = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy house on ${table} using ((select current_setting('kontor.scope', true)) = 'staff')
     with check ((select current_setting('kontor.scope', true)) = 'staff')`,
  ...grantsOn(table, { kontor_orders: 'select, insert' }),
  ...appendOnly(table),
];

const invoices = [
  `create table orders.carrier_invoice (
     id uuid primary key,
     carrier text not null check (length(carrier) between 1 and 40),
     number text not null check (length(number) between 1 and 80),
     invoiced_on date not null,
     currency text not null check (currency = 'EUR'),
     line_count integer not null check (line_count > 0),
     amount_minor bigint not null,
     content_hash text not null,
     origin text not null check (origin in ('api', 'csv')),
     imported_by text not null,
     imported_at timestamptz not null)`,
  'create unique index carrier_invoice_number on orders.carrier_invoice (lower(carrier), number)',
  'create index carrier_invoice_by_time on orders.carrier_invoice (imported_at, id)',
  ...houseTable('orders.carrier_invoice'),
  `create table orders.carrier_line (
     id uuid primary key,
     invoice_id uuid not null references orders.carrier_invoice,
     line integer not null check (line > 0),
     tracking_number text not null check (length(tracking_number) between 1 and 80),
     tracking_key text generated always as (orders.tracking_key(tracking_number)) stored,
     kind text not null,
     -- negative for what a carrier gives back
     amount_minor bigint not null check (amount_minor <> 0),
     description text not null,
     imported_at timestamptz not null,
     unique (invoice_id, line))`,
  'create index carrier_line_tracking on orders.carrier_line (tracking_key)',
  'create index carrier_line_by_time on orders.carrier_line (imported_at, id)',
  ...houseTable('orders.carrier_line'),
];

const settled = [
  // what became of a line, once; without a row it is on the worklist
  `create table orders.carrier_line_outcome (
     line_id uuid primary key references orders.carrier_line,
     outcome text not null check (outcome in ('matched', 'dismissed')),
     shipment_id uuid references orders.shipment,
     by_hand boolean not null,
     reason text check (length(reason) between 1 and 200),
     settled_by text not null,
     settled_at timestamptz not null,
     check ((outcome = 'matched') = (shipment_id is not null)),
     check ((outcome = 'dismissed') = (reason is not null)))`,
  'create index carrier_line_outcome_shipment on orders.carrier_line_outcome (shipment_id)',
  ...houseTable('orders.carrier_line_outcome'),
];
