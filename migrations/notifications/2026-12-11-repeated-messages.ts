import { Migration } from '@mikro-orm/migrations';

/** A mail that is sent again goes to the addresses of today, as messages of their own that name the one they repeat. */
export class RepeatedMessages extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table notifications.message
     add column repeats_id uuid,
     add foreign key (merchant_id, repeats_id) references notifications.message (merchant_id, id),
     add check (repeats_id <> id)`,
  'create index message_repeats on notifications.message (merchant_id, repeats_id) where repeats_id is not null',
  'drop index notifications.message_once',
  // nothing is told twice by itself; what a person sends again has an id made of the message, its turn and the address
  `create unique index message_once on notifications.message (document_id, kind, lower(recipient), revision, letter_id)
     nulls not distinct where repeats_id is null`,
  `create trigger message_repeats_kept before update on notifications.message for each row
     when (old.repeats_id is distinct from new.repeats_id) execute function notifications.keep_content()`,
];
