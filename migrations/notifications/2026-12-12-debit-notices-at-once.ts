import { Migration } from '@mikro-orm/migrations';

/** Nobody can switch off the mail that says on which day an invoice is collected: without it there is no notice. */
export class DebitNoticesAtOnce extends Migration {
  override up(): void {
    this.addSql(
      `alter table notifications.message_setting
         add constraint message_setting_debit_check check (kind <> 'directDebitAnnounced' or mode = 'each')`,
    );
  }
}
