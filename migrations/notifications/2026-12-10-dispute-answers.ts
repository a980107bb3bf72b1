import { Migration } from '@mikro-orm/migrations';
import { addMessageKind } from './add-message-kind.ts';

/** Mails that tell a merchant of an answer to what it disputed. */
export class DisputeAnswers extends Migration {
  override up(): void {
    this.addSql(addMessageKind('disputeAnswered', 'jobApprovalAsked'));
  }
}
