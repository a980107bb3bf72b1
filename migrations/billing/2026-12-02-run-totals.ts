import { Migration } from '@mikro-orm/migrations';

/**
 * Rows of runs that were limited to some streams and opened once more told the total of their second document alone:
 * they tell that of all their documents.
 */
export class RunTotals extends Migration {
  override up(): void {
    this.addSql(`update billing.run_merchant m set (charge_count, net_minor, gross_minor) = (
        select coalesce(sum((select sum(l.charge_count) from billing.invoice_line l where l.invoice_id = i.id)), 0),
               coalesce(sum(i.net_minor), 0), coalesce(sum(i.gross_minor), 0)
        from billing.invoice i where i.merchant_id = m.merchant_id and i.run_merchant_id = m.id and i.state <> 'cancelled')
      where m.streams is not null and cardinality(m.done_streams) > 0`);
  }
}
