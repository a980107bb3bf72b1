import { Migration } from '@mikro-orm/migrations';

/** How the house handles the returns of each merchant. */
export class ReturnPolicies extends Migration {
  override up(): void {
    this.addSql(`alter table merchants.merchant
      add column return_policy jsonb not null default '{}' check (jsonb_typeof(return_policy) = 'object')`);
  }
}
