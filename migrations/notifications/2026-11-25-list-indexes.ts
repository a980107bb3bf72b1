import { Migration } from '@mikro-orm/migrations';

/** Lists of what is rare among many messages: those that failed, and kinds that are seldom sent. */
export class ListIndexes extends Migration {
  override up(): void {
    this.addSql('create index message_by_state on notifications.message (state, created_at desc, id desc)');
    this.addSql('create index message_by_kind on notifications.message (kind, created_at desc, id desc)');
  }
}
