import { Migration } from '@mikro-orm/migrations';

/** Shipments are listed by the time they left, and found by their number elsewhere. */
export class ShipmentSearch extends Migration {
  override up(): void {
    this.addSql('create index shipment_by_time on orders.shipment (shipped_at, id)');
    this.addSql('create index shipment_by_merchant on orders.shipment (merchant_id, shipped_at, id)');
    this.addSql('create index shipment_by_reference on orders.shipment (reference) where reference is not null');
  }
}
