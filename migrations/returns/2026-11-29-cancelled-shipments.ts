import { Migration } from '@mikro-orm/migrations';

/** Shipments that were called back count as never shipped, also those of before. */
export class CancelledShipments extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table returns.shipment_ref
     add column cancelled boolean not null default false,
     -- unknown of what was told before; an order knows its earliest
     add column shipped_at timestamptz`,
  'grant update (cancelled) on returns.shipment_ref to kontor_returns',
  'grant delete on returns.order_ref, returns.order_line_ref, returns.shipped_serial to kontor_returns',
  'create index shipment_ref_order on returns.shipment_ref (order_id)',
  `insert into messaging.delivery (consumer, event_id, occurred_at)
   select 'returns.know-cancelled-shipments', id, occurred_at from messaging.event where type = 'orders.shipment-cancelled.v1'
   on conflict do nothing`,
];
