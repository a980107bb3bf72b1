const KIND_CHECKS = ['message_kind_check', 'template_text_kind_check', 'message_setting_kind_check'];

/**
 * Adds a kind of mail to whatever the checks allow by now, so that the order of migrations does not matter.
 * @param beside  a kind that is allowed already
 * @param more    further checks that name kinds
 * @returns the statement; migrations that ran are compared by it, so that it stays as it is
 */
export const addMessageKind = (kind: string, beside: string, more: readonly string[] = []): string => `do $$
  declare found record;
  begin
    for found in
      select conrelid::regclass as of_table, conname, pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = 'notifications'::regnamespace and contype = 'c'
        and conname in (${[...KIND_CHECKS, ...more].map((check) => `'${check}'`).join(', ')})
    loop
      execute format('alter table %s drop constraint %I, add constraint %I %s', found.of_table, found.conname, found.conname,
        replace(found.definition, '''${beside}''::text', '''${beside}''::text, ''${kind}''::text'));
    end loop;
  end $$`;
