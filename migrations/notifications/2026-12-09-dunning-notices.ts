import { Migration } from '@mikro-orm/migrations';
import { addMessageKind } from './add-message-kind.ts';

/** Mails with a dunning letter. What was issued before there was such a mail has none. */
export class DunningNotices extends Migration {
  override up(): void {
    this.addSql(addMessageKind('dunningNotice', 'invoiceReady', ['message_setting_check']));
  }
}
