import { Migration } from '@mikro-orm/migrations';

/** When the mails of a dunning letter were taken: its days count from then. One that waits for its mail is seen first. */
export class ArrivedLetters extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  // when the mail was taken, or came back
  'alter table billing.dunning_delivery add column outcome_at timestamptz',
  `update billing.dunning_delivery d set outcome_at = coalesce(e.at, l.ready_at)
   from billing.dunning_letter l, billing.dunning_delivery k left join (
     select (payload ->> 'messageId')::uuid as message_id, coalesce((payload ->> 'resends')::integer, 0) as resends, payload ->> 'outcome' as outcome,
       min((payload ->> 'at')::timestamptz) as at
     from messaging.event where type = 'notifications.message-delivered.v1' and payload ->> 'kind' = 'dunningNotice' group by 1, 2, 3) e
     using (message_id, resends, outcome)
   where k.message_id = d.message_id and l.id = d.letter_id`,
  'alter table billing.dunning_delivery alter column outcome_at set not null',
  `alter table billing.dunning_row drop constraint dunning_row_last_letter_check,
     add constraint dunning_row_last_letter_check check (last_letter in ('notMade', 'notSent', 'bounced'))`,
];
