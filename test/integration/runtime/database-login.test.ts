import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { HISTORIES } from '../../../migrations/index.ts';
import { migrate } from '../../../shared/persistence/migrate.ts';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../shared/runtime/embedded-postgres.ts';

// roles belong to a cluster: the one of all other tests has them already
let folder: string;
let postgres: EmbeddedPostgres;
let url: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-login-'));
  fs.chmodSync(folder, 0o755);
  postgres = await startEmbeddedPostgres(path.join(folder, 'postgres'), { ephemeral: true });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query("create role kontor login createrole password 'secret'");
  await admin.query('create database kontor owner kontor');
  await admin.end();
  url = postgres.url.replace('postgres@', 'kontor:secret@').replace(/\/postgres$/, '/kontor');
});
afterAll(async () => {
  await postgres?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('the login of docs/operations.md, no superuser, migrates at the first start and finds nothing to do at the next', async () => {
  const said: string[] = [];
  expect((await migrate(url, HISTORIES, (message) => said.push(message))).length).toBeGreaterThan(5);
  expect(await migrate(url, HISTORIES)).toEqual([]);
  // the clusters of tests trade durability for speed, and that must not go unsaid
  expect(said.join('\n')).toMatch(/fsync.*off/);
});

test('two processes that start at once migrate one after the other', async () => {
  await expect(Promise.all([migrate(url, HISTORIES), migrate(url, HISTORIES)])).resolves.toEqual([[], []]);
});

test('a service works in its own role, which is bound by row security and owns nothing', async () => {
  const orm = await openOrm({ service: 'orders', url, entities: [], poolSize: 2 });
  try {
    const [role] = await orm.em.getConnection().execute<Record<string, unknown>[]>(
      `select current_user as name, rolsuper as super, rolbypassrls as bypasses,
              (select count(*)::int from pg_class where relowner = r.oid) as owned
       from pg_roles r where rolname = current_user`,
    );
    expect(role).toEqual({ name: 'kontor_orders', super: false, bypasses: false, owned: 0 });
    await expect(orm.em.getConnection().execute('select * from billing.charge')).rejects.toThrow(/permission denied/);
  } finally {
    await orm.close();
  }
});

test('a login that may make and grant nothing works with what an administrator of the database made', async () => {
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query("create role clerk login password 'secret'");
  const { rows } = await admin.query<{ name: string }>(
    "select rolname as name from pg_roles where rolname ~ '^kontor_'",
  );
  expect(rows.length).toBe(HISTORIES.length + 1);
  for (const { name } of rows) await admin.query(`grant "${name}" to clerk`);
  await admin.end();
  expect(await migrate(url.replace('kontor:secret', 'clerk:secret'), HISTORIES)).toEqual([]);
});
