import { Migration } from '@mikro-orm/migrations';

/** The mails about one thing, and who has one of them, are looked for each time one is opened. */
export class MessagesByDocument extends Migration {
  override up(): void {
    this.addSql('create index message_by_document on notifications.message (document_id, created_at desc, id desc)');
  }
}
