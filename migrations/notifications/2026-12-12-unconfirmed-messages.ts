import { Migration } from '@mikro-orm/migrations';

/**
 * A mail whose server never says whether it took it is sent once more and then no more. A mail that is sent again may
 * come from another address than the first time, because it may have been the sender that was refused.
 */
export class UnconfirmedMessages extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table notifications.message drop constraint message_state_check,
     add constraint message_state_check check (state in ('queued', 'sending', 'sent', 'bounced', 'failed', 'unconfirmed'))`,
  `alter table notifications.attempt drop constraint attempt_outcome_check,
     add constraint attempt_outcome_check check (outcome in ('sent', 'bounced', 'failed', 'deferred', 'unanswered', 'unconfirmed'))`,
  'drop trigger message_content on notifications.message',
  `create trigger message_content before update on notifications.message for each row
     when ((old.id, old.merchant_id, old.kind, old.document_id, old.revision, old.recipient, old.sender_name,
            old.subject, old.html, old.text, old.attachments, old.created_at) is distinct from
           (new.id, new.merchant_id, new.kind, new.document_id, new.revision, new.recipient, new.sender_name,
            new.subject, new.html, new.text, new.attachments, new.created_at)
           -- another sending has another Message-ID
           or (old.sender_address <> new.sender_address and old.message_id_header = new.message_id_header))
     execute function notifications.keep_content()`,
];
