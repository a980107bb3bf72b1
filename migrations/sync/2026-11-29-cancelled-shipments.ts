import { Migration } from '@mikro-orm/migrations';

/** Webhooks may tell of shipments that were called back. Nobody asked for those of before, so they are not told. */
export class CancelledShipments extends Migration {
  override up(): void {
    this.addSql(`alter table sync.connection drop constraint connection_events_check,
      add constraint connection_events_check check (cardinality(events) > 0 and events <@ array[${types}])`);
    this.addSql(`alter table sync.outgoing drop constraint outgoing_event_type_check,
      add constraint outgoing_event_type_check check (event_type in (${types}))`);
  }
}

const types = [
  'orders.order-shipped.v1',
  'orders.shipment-cancelled.v1',
  'returns.return-inspected.v1',
  'returns.batch-dispatched.v1',
  'billing.invoice-finalized.v1',
]
  .map((type) => `'${type}'`)
  .join(', ');
