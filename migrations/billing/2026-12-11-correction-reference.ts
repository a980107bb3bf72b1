import { Migration } from '@mikro-orm/migrations';

/** By which number the books clear a correction against the document it corrects. */
export class CorrectionReference extends Migration {
  override up(): void {
    this.addSql(
      `alter table billing.accounting_settings
       add correction_reference text not null default 'original' check (correction_reference in ('original', 'own'))`,
    );
  }
}
