import { Migration } from '@mikro-orm/migrations';
import { addMessageKind } from './add-message-kind.ts';

/** Mails that tell a merchant of the day on which an invoice is collected, where it is not the day of the invoice. */
export class DirectDebitNotices extends Migration {
  override up(): void {
    this.addSql(addMessageKind('directDebitAnnounced', 'jobApprovalAsked'));
  }
}
