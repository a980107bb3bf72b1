import { Migration } from '@mikro-orm/migrations';

/** Mails with a dunning letter. What was issued before there was such a mail has none. */
export class DunningNotices extends Migration {
  override up(): void {
    this.addSql(ADD_KIND);
  }
}

/** Adds the kind to whatever the checks allow by now, beside the invoices, so that the order of migrations does not matter. */
const ADD_KIND = `do $$
  declare found record;
  begin
    for found in
      select conrelid::regclass as of_table, conname, pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = 'notifications'::regnamespace and contype = 'c'
        and conname in ('message_kind_check', 'template_text_kind_check', 'message_setting_kind_check', 'message_setting_check')
    loop
      execute format('alter table %s drop constraint %I, add constraint %I %s', found.of_table, found.conname, found.conname,
        replace(found.definition, '''invoiceReady''::text', '''invoiceReady''::text, ''dunningNotice''::text'));
    end loop;
  end $$`;
