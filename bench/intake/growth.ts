import type { TestDatabase } from '../../test/support/database.ts';

const AT_ONCE = 5_000;

/** Copies one return with its item, events and audit rows until there are so many. */
export async function growTo(database: TestDatabase, sample: string, wanted: number): Promise<void> {
  const tables = 'returns.return, returns.return_item, messaging.audit_entry';
  for (;;) {
    const [{ n } = { n: '0' }] = await database.query<{ n: string }>('select count(*) as n from returns.return');
    const missing = wanted - Number(n);
    if (missing <= 0) break;
    await copyReturn(database, sample, Math.min(missing, AT_ONCE));
    // foreign keys are checked by plans that were made when the tables were small; this makes PostgreSQL think anew
    await database.query(`analyze ${tables}`);
  }
  await database.query(`vacuum analyze ${tables}`);
}

async function copyReturn(database: TestDatabase, sample: string, times: number): Promise<void> {
  await database.query('drop table if exists public.copies');
  await database.query(
    `create table public.copies as select gen_random_uuid() as id, g, now() - g * interval '1 minute' as at
     from generate_series(1, $1::int) g`,
    [times],
  );
  await copyRows(
    database,
    'returns.return',
    `t.id = $1`,
    {
      id: 'c.id',
      number: `'G-' || c.g || '-' || left(c.id::text, 8)`,
      tracking_number: `'G' || c.id`,
      external_number: 'null',
      created_at: 'c.at',
    },
    sample,
  );
  await copyRows(
    database,
    'returns.return_item',
    `t.return_id = $1`,
    {
      id: 'gen_random_uuid()',
      return_id: 'c.id',
      label_number: `nextval('returns.label_number')`,
    },
    sample,
  );
  await copyRows(
    database,
    'messaging.audit_entry',
    `t.entity_id = $1::text`,
    {
      id: 'gen_random_uuid()',
      entity_id: 'c.id::text',
    },
    sample,
  );
  await database.query('drop table public.copies');
}

async function copyRows(
  database: TestDatabase,
  table: string,
  which: string,
  changed: Record<string, string>,
  sample: string,
): Promise<void> {
  const columns = await database.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' order by attnum`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  await database.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => changed[name] ?? `t.${name}`).join(', ')}
     from public.copies c cross join ${table} t where ${which}`,
    [sample],
  );
}
