import { randomUUID } from 'node:crypto';
import { Migration } from '@mikro-orm/migrations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { HISTORIES } from '../../../migrations/index.ts';
import { migrate, type History } from '../../../shared/persistence/migrate.ts';
import { withDatabase } from '../../support/cluster.ts';
import { createTestDatabase } from '../../support/database.ts';

const server = process.env['KONTOR_TEST_PG']!;
let name: string;
let url: string;
let client: pg.Client;

beforeEach(async () => {
  name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create database ${name}`);
  url = withDatabase(server, name);
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await asAdmin(`drop database ${name} with (force)`);
});

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(statement).finally(() => admin.end());
}

/** Histories of two schemas whose first one has the given columns in its table of cups. */
function histories(columns: string, ...further: string[]): History[] {
  const of = (statement: string) =>
    class extends Migration {
      override up(): void {
        this.addSql(statement);
      }
    };
  return [
    {
      schema: 'merchants',
      migrations: further.map((statement, index) => ({ name: `${index}`, class: of(statement) })),
    },
    { schema: 'orders', migrations: [{ name: '2026-01-01-cups', class: of(`create table orders.cup (${columns})`) }] },
  ];
}
const hashes = async (): Promise<(string | null)[]> =>
  (await client.query<{ statements_hash: string | null }>('select statements_hash from orders.migrations')).rows.map(
    (row) => row.statements_hash,
  );

test('a database that an older content of a migration made is refused with a sentence, and nothing runs on it', async () => {
  expect(await migrate(url, histories('a int'))).toEqual(['orders/2026-01-01-cups']);
  expect(await migrate(url, histories('a int'))).toEqual([]);
  const changed = histories('a int, b int', 'create table merchants.saucer (a int)');
  await expect(migrate(url, changed)).rejects.toThrow(
    /^This database was made by a version in which orders\/2026-01-01-cups was another migration.*Nothing was touched\. Start the version that made it, or this one with an empty database/s,
  );
  expect((await client.query(`select to_regclass('merchants.saucer') as found`)).rows).toEqual([{ found: null }]);
  // the version that made it still starts, with what it brings in addition
  expect(await migrate(url, histories('a int', 'create table merchants.saucer (a int)'))).toEqual(['merchants/0']);
});

test('a database from before the statements were noted gets them noted at the next start', async () => {
  await migrate(url, histories('a int'));
  const [noted] = await hashes();
  expect(noted).toMatch(/^[0-9a-f]{64}$/);
  await client.query('alter table orders.migrations drop column statements_hash');
  expect(await migrate(url, histories('a int'))).toEqual([]);
  expect(await hashes()).toEqual([noted]);
  await expect(migrate(url, histories('b int'))).rejects.toThrow('orders/2026-01-01-cups');
});

test('what a later release ran is no reason to refuse', async () => {
  const [merchants, orders] = histories('a int', 'create table merchants.saucer (a int)') as [History, History];
  await migrate(url, [merchants, orders]);
  expect(await migrate(url, [{ ...merchants, migrations: [] }, orders])).toEqual([]);
});

test('every migration of the product says the same statements each time', async () => {
  const database = await createTestDatabase();
  try {
    expect(await migrate(database.url, HISTORIES)).toEqual([]);
  } finally {
    await database.drop();
  }
});
