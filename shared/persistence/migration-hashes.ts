import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { History } from './migrate.ts';

/**
 * A migration that ran is never changed: a database that ran its older statements would count as up to date and fail
 * later, in every query. What a schema ran and this version does not know is of a later release and may be there.
 * @returns the histories of which something has not run here, or was not noted
 * @throws Error that names every migration whose statements differ from those that ran here, and what to do
 */
export async function unfinishedHistories(client: pg.Client, histories: readonly History[]): Promise<History[]> {
  const changed: string[] = [];
  const unfinished: History[] = [];
  for (const history of histories) {
    const noted = await notedHashes(client, history.schema);
    const hashes = await hashesOf(history);
    for (const [name, hash] of hashes)
      if ((noted.get(name) ?? hash) !== hash) changed.push(`${history.schema}/${name}`);
    if (hashes.some(([name]) => !noted.get(name))) unfinished.push(history);
  }
  if (changed.length)
    throw new Error(
      `This database was made by a version in which ${changed.join(', ')} ${changed.length > 1 ? 'were other migrations' : 'was another migration'}, so it does not fit this one. ` +
        'Nothing was touched. Start the version that made it, or this one with an empty database or data folder; `npm run demo` makes the data of the demo afresh.',
    );
  return unfinished;
}

/** Notes the statements of what ran, also of what ran before they were noted. */
export async function noteStatements(client: pg.Client, history: History): Promise<void> {
  const table = tableOf(history.schema);
  if (!(await hasHashes(client, history.schema)))
    await client.query(`alter table ${table} add column statements_hash text`);
  for (const [name, hash] of await hashesOf(history))
    await client.query(`update ${table} set statements_hash = $2 where name = $1 and statements_hash is null`, [
      name,
      hash,
    ]);
}

async function notedHashes(client: pg.Client, schema: string): Promise<Map<string, string | null>> {
  if (!(await hasHashes(client, schema))) return new Map();
  const { rows } = await client.query<{ name: string; hash: string | null }>(
    `select name, statements_hash as hash from ${tableOf(schema)}`,
  );
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

async function hasHashes(client: pg.Client, schema: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from pg_attribute where attrelid = to_regclass($1) and attname = 'statements_hash' and not attisdropped`,
    [tableOf(schema)],
  );
  return rowCount === 1;
}

/** SHA-256 of the statements of each migration, by its name. */
async function hashesOf({ schema, migrations }: History): Promise<[name: string, hash: string][]> {
  const hashes: [string, string][] = [];
  for (const { name, class: Class } of migrations) {
    // without a database: what is hashed may not depend on one
    const migration = new Class(undefined as never, undefined as never);
    await migration.up();
    const statements = migration.getQueries();
    if (!statements.length || statements.some((statement) => typeof statement !== 'string'))
      throw new Error(`The migration ${schema}/${name} must consist of statements in plain SQL`);
    hashes.push([name, createHash('sha256').update(JSON.stringify(statements)).digest('hex')]);
  }
  return hashes;
}

const tableOf = (schema: string): string => `"${schema}".migrations`;
