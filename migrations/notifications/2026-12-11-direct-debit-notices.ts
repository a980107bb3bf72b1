import { Migration } from '@mikro-orm/migrations';

/** Mails that tell a merchant of the day on which an invoice is collected, where it is not the day of the invoice. */
export class DirectDebitNotices extends Migration {
  override up(): void {
    this.addSql(ADD_KIND);
  }
}

/** Adds the kind to whatever the checks allow by now, so that the order of migrations does not matter. */
const ADD_KIND = `do $$
  declare found record;
  begin
    for found in
      select conrelid::regclass as of_table, conname, pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = 'notifications'::regnamespace and contype = 'c'
        and conname in ('message_kind_check', 'template_text_kind_check', 'message_setting_kind_check')
    loop
      execute format('alter table %s drop constraint %I, add constraint %I %s', found.of_table, found.conname, found.conname,
        replace(found.definition, '''jobApprovalAsked''::text', '''jobApprovalAsked''::text, ''directDebitAnnounced''::text'));
    end loop;
  end $$`;
