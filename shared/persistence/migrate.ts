import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator, type Migration } from '@mikro-orm/migrations';
import type { Constructor } from '@mikro-orm/core';
import pg from 'pg';
import { noteStatements, unfinishedHistories } from './migration-hashes.ts';

/** One linear history per schema; the order of the array is the order of the changes. */
export interface History {
  schema: string;
  migrations: readonly { name: string; class: Constructor<Migration> }[];
}

/** Any number that nobody else uses: processes that start together migrate one after the other. */
const MIGRATION_LOCK = 727_001;
const OWNER = 'kontor_owner';

/**
 * Brings every schema up to date as the owner role. DDL is transactional: a killed migration leaves nothing (F27).
 * @returns names of the migrations that ran
 * @throws Error that says what to do, when a migration ran here with other statements than it has now; nothing ran then
 */
export async function migrate(
  url: string,
  histories: readonly History[],
  log: (message: string) => void = () => undefined,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'kontor-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await assertDurable(client, log);
    await createRoles(
      client,
      histories.map(({ schema }) => schema),
    );
    await client.query(`set role "${OWNER}"`);
    const done: string[] = [];
    for (const history of await unfinishedHistories(client, histories)) {
      done.push(...(await migrateSchema(url, history)));
      await noteStatements(client, history);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function migrateSchema(url: string, { schema, migrations }: History): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: url,
    schema,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    driverOptions: {
      options: `-c role=${OWNER} -c search_path=${schema},public -c lock_timeout=5s -c kontor.scope=staff`,
    },
    pool: { min: 0, max: 1 },
    migrations: {
      migrationsList: migrations as History['migrations'][number][],
      tableName: 'migrations',
      snapshot: false,
      allOrNothing: true,
    },
    logger: () => undefined,
  });
  try {
    await orm.em.getConnection().execute(`create schema if not exists "${schema}"`);
    return (await orm.migrator.up()).map(({ name }) => `${schema}/${name}`);
  } finally {
    await orm.close();
  }
}

/**
 * An owner for the tables and one runtime role per service, so that no service owns what it reads and row security
 * binds all of them. The login user becomes a member of each; the services switch with `-c role=`. What is there
 * already is left alone: where an administrator of the database made it, the login may not grant it.
 */
async function createRoles(client: pg.Client, schemas: string[]): Promise<void> {
  for (const role of [OWNER, ...schemas.map((schema) => `kontor_${schema}`)]) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role "${role}" nologin nosuperuser nobypassrls`);
    if (!(await mayBecome(client, role))) await client.query(`grant "${role}" to current_user`);
  }
  const { rows } = await client.query<{ name: string; granted: boolean }>(
    "select current_database() as name, has_database_privilege($1, current_database(), 'create') as granted",
    [OWNER],
  );
  if (!rows[0]!.granted) await client.query(`grant create on database "${rows[0]!.name}" to "${OWNER}"`);
}

/** Since version 16 a role that makes another is its member without being allowed to switch to it. */
async function mayBecome(client: pg.Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_has_role(current_user, $1, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) as may`,
    [role],
  );
  return rows[0]!.may;
}

/** Acknowledged writes must survive a crash (F11): say so loudly when the server is set otherwise. */
async function assertDurable(client: pg.Client, log: (message: string) => void): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  );
  const off = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  if (off.length) log(`PostgreSQL runs with ${off.join(', ')} off: a crash can lose acknowledged writes`);
}
