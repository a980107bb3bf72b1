import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { HISTORIES } from '../../migrations/index.ts';
import { migrate } from '../../shared/persistence/migrate.ts';
import { startEmbeddedPostgres } from '../../shared/runtime/embedded-postgres.ts';

export const TEMPLATE = 'kontor_template';

/**
 * A throw-away cluster with a migrated template database.
 * @param durable  writes as in real use, for benchmarks
 */
export async function prepareTestCluster({ durable = false } = {}): Promise<{
  url: string;
  stop: () => Promise<void>;
}> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-test-'));
  fs.chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres(path.join(dir, 'postgres'), {
    ephemeral: !durable,
    // counts statements where a test or a benchmark asks for it
    settings: ['shared_preload_libraries=pg_stat_statements', 'max_connections=500'],
  });
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
  try {
    await createTemplate(postgres.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}

async function createTemplate(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  await migrate(withDatabase(url, TEMPLATE), HISTORIES);
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.href;
}
