import path from 'node:path';
import type { Config } from '../config.ts';
import { SERVICES } from '../config.ts';
import { takeDataFolder } from './data-folder.ts';
import { assertNatsReachable, findNatsServer, joinEmbeddedNats, startEmbeddedNats } from './embedded-nats.ts';
import { findRunning, startEmbeddedPostgres } from './embedded-postgres.ts';
import type { Logger } from './log.ts';

/** The database and the bus that the services of this process use, embedded or configured. */
export interface Backing {
  databaseUrl: string;
  natsUrl: string | undefined;
  stop: () => Promise<void>;
}

type Stops = (() => Promise<void> | void)[];

/**
 * Configured addresses win. Without them a process with all services brings up its own; a process with a subset joins
 * what such a process brought up on the same data folder.
 * @throws Error with a message that says what to do; whatever was started is stopped again
 */
export async function openBacking(config: Config, log: Logger): Promise<Backing> {
  const stops: Stops = [];
  try {
    const { databaseUrl, natsUrl } =
      config.services.length < SERVICES.length ? await join(config) : await own(config, log, stops);
    if (config.NATS_URL) await assertNatsReachable(config.NATS_URL);
    return { databaseUrl, natsUrl, stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** The database alone, for a command beside the product: the running one, else one that ends with the command. */
export async function openDatabase(config: Config, log: Logger): Promise<Omit<Backing, 'natsUrl'>> {
  const running = config.DATABASE_URL ?? (await findRunning(postgresDir(config)))?.url;
  if (running) return { databaseUrl: running, stop: () => Promise.resolve() };
  const stops: Stops = [takeDataFolder(config.dataDir)];
  try {
    const databaseUrl = await ownPostgres(config, log, stops);
    return { databaseUrl, stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

const postgresDir = (config: Config): string => path.join(config.dataDir, 'postgres');
const natsFile = (config: Config): string => path.join(config.dataDir, 'nats.json');

async function own(config: Config, log: Logger, stops: Stops): Promise<Omit<Backing, 'stop'>> {
  if (!config.DATABASE_URL || !config.NATS_URL) stops.push(takeDataFolder(config.dataDir));
  return {
    databaseUrl: config.DATABASE_URL ?? (await ownPostgres(config, log, stops)),
    natsUrl: config.NATS_URL ?? (await ownNats(config, log, stops)),
  };
}

async function ownPostgres(config: Config, log: Logger, stops: Stops): Promise<string> {
  const postgres = await startEmbeddedPostgres(postgresDir(config), { log: (message) => log.warn(message) });
  if (postgres.adopted) log.info('Took over the database of an earlier process');
  stops.push(postgres.stop);
  return postgres.url;
}

async function ownNats(config: Config, log: Logger, stops: Stops): Promise<string | undefined> {
  const binary = findNatsServer();
  if (!binary) {
    log.warn('There is no nats-server on this machine: all services run in this one process, without a bus');
    return undefined;
  }
  const nats = await startEmbeddedNats(binary, { file: natsFile(config) });
  if (nats.adopted) log.info('Took over the bus of an earlier process');
  stops.push(nats.stop);
  return nats.url;
}

/** Both are asked for before either is refused, so that one message names all that is missing. */
async function join(config: Config): Promise<Omit<Backing, 'stop'>> {
  const databaseUrl = config.DATABASE_URL ?? (await findRunning(postgresDir(config)))?.url;
  const natsUrl = config.NATS_URL ?? joinEmbeddedNats(natsFile(config));
  if (databaseUrl && natsUrl) return { databaseUrl, natsUrl };
  const missing = [
    ...(databaseUrl ? [] : ['no database to join (DATABASE_URL)']),
    ...(natsUrl ? [] : ['no bus to the other parts (NATS_URL)']),
  ];
  throw new Error(
    `KONTOR_SERVICES starts a part of the product, and there is ${missing.join(' and ')}. Set what is named in brackets, or first start a process with all services on the same data folder and a machine with nats-server.`,
  );
}
