import { Migration } from '@mikro-orm/migrations';

/** Stock that the house books by hand: goods-in, disposal, goods sent back to their merchant, corrections. */
export class StockBookings extends Migration {
  override up(): void {
    this.addSql(`alter table orders.stock_movement
      drop constraint stock_movement_kind_check,
      drop constraint stock_movement_source_check,
      drop constraint stock_movement_check,
      add constraint stock_movement_kind_check
        check (kind in ('restocked', 'restock_reversed', 'goods_in', 'disposed', 'rtv', 'correction')),
      add constraint stock_movement_source_check check (source in ('return', 'booking')),
      add constraint stock_movement_check check (case when kind in ('restocked', 'goods_in') then quantity > 0
        when kind = 'correction' then true else quantity < 0 end),
      add constraint stock_movement_booking
        check ((source = 'return') = (kind in ('restocked', 'restock_reversed')))`);
    this.addSql('create index stock_movement_by_day on orders.stock_movement (merchant_id, service_date)');
    this.addSql('create index shipment_by_day on orders.shipment (merchant_id, service_date)');
  }
}
