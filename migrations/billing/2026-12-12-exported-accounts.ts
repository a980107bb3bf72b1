import { Migration } from '@mikro-orm/migrations';

/** On which account of the debtor an export posted a document: corrections of it are posted there, or they never clear. */
export class ExportedAccounts extends Migration {
  override up(): void {
    this.addSql(
      // nothing is known of what was exported before this
      `alter table billing.export_document add column account text check (account ~ '^[0-9]+$'),
         add constraint export_document_account_of_postings check (account is null or kind = 'postings')`,
    );
  }
}
