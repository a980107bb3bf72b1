import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { SERVICES } from '../config.ts';
import { assertNatsReachable, findNatsServer, startEmbeddedNats } from './embedded-nats.ts';
import { findRunning, startEmbeddedPostgres, usableDir } from './embedded-postgres.ts';
import type { Logger } from './log.ts';

/** The database and the bus that the services of this process use, embedded or configured. */
export interface Backing {
  databaseUrl: string;
  natsUrl: string | undefined;
  stop: () => Promise<void>;
}

/**
 * Configured addresses win. Without them a process with all services brings up its own; a process with a subset joins
 * what such a process brought up on the same data folder.
 */
export async function openBacking(config: Config, log: Logger): Promise<Backing> {
  const joins = config.services.length < SERVICES.length;
  const stops: (() => Promise<void>)[] = [];
  const databaseUrl =
    config.DATABASE_URL ?? (joins ? await joinPostgres(config) : await ownPostgres(config, log, stops));
  const natsUrl = config.NATS_URL ?? (joins ? joinNats(config) : await ownNats(config, log, stops));
  if (natsUrl) await assertNatsReachable(natsUrl);
  return {
    databaseUrl,
    natsUrl,
    stop: async () => {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

const postgresDir = (config: Config): string => path.join(config.dataDir, 'postgres');
const natsFile = (config: Config): string => path.join(config.dataDir, 'nats-url');

async function ownPostgres(config: Config, log: Logger, stops: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres(postgresDir(config), { log: (message) => log.warn(message) });
  if (postgres.adopted) log.info('Took over the database of an earlier process');
  stops.push(postgres.stop);
  return postgres.url;
}

async function joinPostgres(config: Config): Promise<string> {
  const running = await findRunning(usableDir(postgresDir(config)));
  if (running) return running.url;
  throw new Error(
    'KONTOR_SERVICES starts a part of the product, and there is no database to join: set DATABASE_URL, or start a process with all services on the same data folder first.',
  );
}

async function ownNats(config: Config, log: Logger, stops: (() => Promise<void>)[]): Promise<string | undefined> {
  const binary = findNatsServer();
  if (!binary) {
    log.warn('There is no nats-server on this machine: all services run in this one process, without a bus');
    return undefined;
  }
  const nats = await startEmbeddedNats(binary);
  fs.writeFileSync(natsFile(config), nats.url, { mode: 0o600 });
  stops.push(nats.stop, async () => fs.rmSync(natsFile(config), { force: true }));
  return nats.url;
}

function joinNats(config: Config): string {
  if (fs.existsSync(natsFile(config))) return fs.readFileSync(natsFile(config), 'utf8');
  throw new Error(
    'KONTOR_SERVICES starts a part of the product, and there is no bus to the other parts: set NATS_URL, or start a process with all services on a machine with nats-server first.',
  );
}
