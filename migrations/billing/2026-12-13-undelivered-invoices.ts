import { Migration } from '@mikro-orm/migrations';

/** What a dunning run knew of the mails of its invoices: who never got one is not reminded of it unseen. */
export class UndeliveredInvoices extends Migration {
  override up(): void {
    this.addSql(
      `alter table billing.dunning_row add column undelivered text check (undelivered in ('notSent', 'bounced'))`,
    );
  }
}
