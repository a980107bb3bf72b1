import { Migration } from '@mikro-orm/migrations';

/** A program with an API key asks the register, too; the answer could not be kept. */
export class VatChecksByKeys extends Migration {
  override up(): void {
    this.addSql(
      `alter table merchants.vat_check drop constraint vat_check_asked_by_check,
         add constraint vat_check_asked_by_check check (asked_by in ('user', 'apiKey', 'service'))`,
    );
  }
}
