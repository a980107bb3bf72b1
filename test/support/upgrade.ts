import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import { HISTORIES } from '../../migrations/index.ts';
import { migrate } from '../../shared/persistence/migrate.ts';
import { withDatabase } from './cluster.ts';

export interface Upgrade {
  query: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  /**
   * Takes the database to what it was before a day's migrations; without a day, to what it is now.
   * @returns the names of the migrations that ran
   */
  migrateTo: (before?: string) => Promise<readonly string[]>;
}

/** An empty database of the test file's own, to be filled as an earlier release left it and then upgraded. */
export function upgradedDatabase(): Upgrade {
  const name = `upgrade_${randomUUID().replaceAll('-', '')}`;
  const server = process.env['KONTOR_TEST_PG']!;
  const url = withDatabase(server, name);
  let client: pg.Client;
  beforeAll(async () => {
    await asAdmin(server, `create database ${name}`);
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await asAdmin(server, `drop database ${name}`);
  });
  return {
    query: async (text, values = []) => (await client.query(text, [...values])).rows as Record<string, unknown>[],
    migrateTo: (before = '9999') =>
      migrate(
        url,
        HISTORIES.map(({ schema, migrations }) => ({
          schema,
          migrations: migrations.filter((migration) => migration.name < before),
        })),
      ),
  };
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(statement).finally(() => admin.end());
}
