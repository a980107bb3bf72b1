import { Migration } from '@mikro-orm/migrations';

/** Lists of what is rare among much: by state, by article, and what is not sold any more. */
export class ListIndexes extends Migration {
  override up(): void {
    this.addSql('create index order_by_state on orders."order" (state, ordered_at, id)');
    this.addSql('create index special_job_by_state on orders.special_job (state, created_at, id)');
    this.addSql('create index stock_movement_by_sku on orders.stock_movement (sku, occurred_at, id)');
    this.addSql('create index article_inactive on orders.article (sku_search, id) where not active');
  }
}
