import { Migration } from '@mikro-orm/migrations';

/** Since when a merchant is taxed as it is, and how its services of earlier months are. */
export class DatedTaxes extends Migration {
  override up(): void {
    this.addSql(
      `alter table merchants.merchant add column tax_before jsonb not null default '[]' check (jsonb_typeof(tax_before) = 'array')`,
    );
  }
}
