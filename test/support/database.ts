import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { TEMPLATE, withDatabase } from './cluster.ts';

export interface TestDatabase {
  url: string;
  /** Runs SQL as superuser, past row security: for arranging and for looking. */
  query: <Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  drop: () => Promise<void>;
}

/** A database of its own, copied from the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['KONTOR_TEST_PG'];
  if (!server) throw new Error('KONTOR_TEST_PG is not set: run the tests through `npm test` or `npm run jest`');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  const url = withDatabase(server, name);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  return {
    url,
    query: async (text, values) => (await pool.query(text, values)).rows as never,
    drop: async () => {
      await pool.end();
      // sessions that are just closing get a moment to go by themselves: cutting them off would be an error in their owner
      await asAdmin(server, `drop database if exists ${name}`).catch(() =>
        asAdmin(server, `drop database if exists ${name} with (force)`),
      );
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // copying and dropping want a database without other sessions: retry while there are some
    for (let attempt = 1; ; attempt += 1) {
      try {
        return void (await client.query(statement));
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt > 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    await client.end();
  }
}
