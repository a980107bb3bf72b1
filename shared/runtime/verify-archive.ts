// Proves the archive of documents and files: `npm run verify-archive`. Ends with 1 and says what differs.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { readConfig, type Config } from '../config.ts';
import { isLocalDate } from '../kernel/dates.ts';
import type { Archive, ArchiveReport } from '../protocol/billing/archive.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { openObjectStore } from '../storage/open-store.ts';
import { openDatabase } from './backing.ts';
import { demoEnvironment } from './demo-environment.ts';
import { createLog } from './log.ts';

interface Options {
  since?: string;
  sample?: number;
  demo?: true;
}

const program = new Command('npm run verify-archive --')
  .description(
    'Proves every archived invoice by its hash and by making it again, letters, files for the bank and exports by their hash, and the numbers to have no gap',
  )
  .option('--since <day>', 'only what was issued or made on this day or later', day)
  .option('--sample <n>', 'only so many of each kind, taken by chance', count)
  .option('--demo', 'in the data of the demo')
  .action(async (options: Options) => {
    const report = await verify(options);
    print(report);
    if (report.differences.length) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function verify({ since, sample, demo }: Options): Promise<ArchiveReport> {
  const config = readConfig(demo ? demoEnvironment(process.env).env : process.env);
  refuseEmptyFolder(config);
  const database = await openDatabase(config, createLog({ LOG_LEVEL: 'warn', LOG_FORMAT: config.LOG_FORMAT }));
  const store = await openObjectStore(config.STORAGE_URL ?? pathToFileURL(path.join(config.dataDir, 'objects')).href);
  const archive = await openArchive(database.databaseUrl, store);
  try {
    return await archive.verify({ since, sample, salt: String(Math.random()) }, (seen) =>
      process.stderr.write(`\r${seen} documents and files`),
    );
  } finally {
    process.stderr.write('\n');
    await archive.close();
    await store.close();
    await database.stop();
  }
}

/** A name that was mistyped would make a database there and prove that nothing is wrong with it. */
function refuseEmptyFolder({ DATABASE_URL, dataDir }: Config): void {
  if (!DATABASE_URL && !fs.existsSync(path.join(dataDir, 'postgres.password')))
    throw new Error(
      `There is no database in ${dataDir}. Name the data folder with KONTOR_DATA_DIR, or the database with DATABASE_URL.`,
    );
}

/** Loaded by its place, as the services are: shared code imports none of them. */
async function openArchive(databaseUrl: string, store: ObjectStore): Promise<Archive> {
  const module = (await import(new URL('../../services/billing/archive/open-archive.ts', import.meta.url).href)) as {
    openArchive: (url: string, store: ObjectStore) => Promise<Archive>;
  };
  return module.openArchive(databaseUrl, store);
}

function print({ proven, files, bytes, differences }: ArchiveReport): void {
  const lines = [
    ['made again with the same bytes', proven.redrawn],
    ['of an earlier version, by their values', proven.values],
    ['by the hash of the PDF alone', proven.files],
    ['dunning letters, by their hash', files.dunningLetter],
    ['direct debit files, by their hash', files.collectionFile],
    ['exports, by their hash', files.export],
    ['megabytes read', Math.ceil(bytes / 1e6)],
    ['differences', differences.length],
  ] as const;
  for (const [what, number] of lines) console.log(`${what.padEnd(42)}${String(number).padStart(10)}`);
  for (const { number, difference } of differences) console.log(`${number}: ${difference}`);
}

function day(text: string): string {
  if (!isLocalDate(text)) throw new InvalidArgumentError('Name a day, such as 2026-10-01.');
  return text;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Name a number of documents.');
  return Number(text);
}
