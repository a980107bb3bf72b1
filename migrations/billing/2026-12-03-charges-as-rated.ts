import { Migration } from '@mikro-orm/migrations';

/**
 * A charge has the quantity that its trace says, and a row that was issued tells when its charges were collected and
 * which streams it billed: what was left behind is looked for by that. Rows of before the moment was noted collected
 * their charges when they were approved.
 */
export class ChargesAsRated extends Migration {
  override up(): void {
    this.addSql(`update billing.run_merchant set collected_at = coalesce(approved_at, finalized_at)
      where state in ('finalized', 'delivered') and collected_at is null`);
    this.addSql(`alter table billing.run_merchant add constraint run_merchant_collected
      check (state not in ('finalized', 'delivered') or (collected_at is not null and cardinality(done_streams) > 0))`);
    this.addSql(`alter table billing.charge add constraint charge_quantity_traced
      check ((trace ->> 'quantity')::numeric = quantity)`);
  }
}
