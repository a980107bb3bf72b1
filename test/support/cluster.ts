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
  const dir = durable ? newFolder(os.tmpdir()) : ephemeralFolder();
  fs.chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres(path.join(dir, 'postgres'), {
    ephemeral: !durable,
    // counts statements where a test or a benchmark asks for it
    settings: [
      ...['shared_preload_libraries=pg_stat_statements', 'max_connections=500'],
      // a plan for a handful of rows takes longer to make than to run; benchmarks choose theirs as in real use
      ...(durable ? [] : ['max_wal_size=512MB', 'plan_cache_mode=force_generic_plan']),
    ],
  });
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(dir, FORCED);
  };
  try {
    await createTemplate(postgres.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}

const FORCED = { recursive: true, force: true };
const PREFIX = 'kontor-test-';
const IN_MEMORY = '/dev/shm';
/** The databases of the workers, with the growth that tests about growth bring. */
const ROOM_BYTES = 8 * 2 ** 30;

const newFolder = (parent: string): string => fs.mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`));

/** In memory where there is plenty: hundreds of databases come and go, and making their files is what takes time. */
function ephemeralFolder(): string {
  try {
    for (const left of fs.readdirSync(IN_MEMORY)) if (isAbandoned(left)) fs.rmSync(path.join(IN_MEMORY, left), FORCED);
    const { bavail, bsize } = fs.statfsSync(IN_MEMORY);
    if (bavail * bsize >= ROOM_BYTES && os.freemem() >= ROOM_BYTES) return newFolder(IN_MEMORY);
  } catch {
    // there is none, or it is not for us
  }
  return newFolder(os.tmpdir());
}

/** Whether it was left by tests that were killed; on a disk somebody would clear it away in time, memory nobody frees. */
function isAbandoned(name: string): boolean {
  const pid = name.startsWith(PREFIX) && Number.parseInt(name.slice(PREFIX.length), 10);
  if (!pid) return false;
  try {
    return !process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
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
