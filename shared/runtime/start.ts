import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import os from 'node:os';
import type { ServiceSchema, ServiceBroker } from 'moleculer';
import { HISTORIES } from '../../migrations/index.ts';
import type { Config, ServiceName } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Reached } from '../messaging/crash-points.ts';
import { createBroker, stopBroker } from '../moleculer/broker.ts';
import { createCall } from '../moleculer/call.ts';
import { migrate } from '../persistence/migrate.ts';
import { openObjectStore } from '../storage/open-store.ts';
import { openBacking } from './backing.ts';
import { clockFrom } from './clock.ts';
import { startHealthServer } from './health-server.ts';
import { createLog, type Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Platform } from './platform.ts';
import { loadKeys } from './secrets.ts';

/** A running process of the product. */
export interface Kontor {
  platform: Platform;
  /** Address of the gateway, when this process runs it. */
  url: string | undefined;
  stop: () => Promise<void>;
}

export interface StartOptions {
  log?: Logger;
  /** Business time; KONTOR_CLOCK or the system clock without it. */
  now?: Clock;
  /** Hears of the points at which the process may end (docs/decisions/017-crash-points.md); for tests. */
  reached?: Reached;
}

/**
 * Starts the services of one process: storage, database with its migrations, bus, broker, services.
 * @throws Error with a message that says what to do; whatever was started is stopped again
 */
export async function startKontor(config: Config, options: StartOptions = {}): Promise<Kontor> {
  const log = options.log ?? createLog(config);
  fs.mkdirSync(config.dataDir, { recursive: true });
  const backing = await openBacking(config, log);
  let broker: ServiceBroker | undefined;
  try {
    const ran = await migrate(backing.databaseUrl, HISTORIES, (message) => log.warn(message));
    if (ran.length) log.info({ migrations: ran.length }, 'The database is up to date');
    broker = createBroker({
      nodeId: `${config.services.length > 1 ? 'kontor' : config.services[0]}-${os.hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`,
      natsUrl: backing.natsUrl,
      log,
    });
    const platform = await createPlatform(config, {
      ...backing,
      broker,
      log,
      now: options.now ?? clockFrom(config.KONTOR_CLOCK),
      reached: options.reached,
    });
    for (const service of await loadServices(config.services, platform)) broker.createService(service);
    await broker.start();
    const health = config.services.includes('gateway') ? undefined : await startHealthServer(platform);
    return { platform, url: gatewayUrl(broker), stop: once(() => stopAll(broker!, health?.close, backing.stop)) };
  } catch (error) {
    await broker?.stop().catch(() => undefined);
    await backing.stop();
    throw error;
  }
}

interface Parts {
  databaseUrl: string;
  natsUrl: string | undefined;
  broker: ServiceBroker;
  log: Logger;
  now: Clock;
  reached: Reached | undefined;
}

async function createPlatform(
  config: Config,
  { databaseUrl, natsUrl, broker, log, now, reached }: Parts,
): Promise<Platform> {
  const keys = loadKeys(config);
  const refreshes: (() => void)[] = [];
  const metrics = createMetrics();
  return {
    config,
    databaseUrl,
    keys,
    now,
    log,
    reached,
    broker,
    metrics,
    store: await openObjectStore(config.STORAGE_URL ?? pathToFileURL(path.join(config.dataDir, 'objects')).href),
    call: createCall(broker, keys.principal),
    natsConnected: () => (natsUrl ? Boolean(broker.transit?.connected) : null),
    onScrape: (refresh) => void refreshes.push(refresh),
    scrape: () => {
      for (const refresh of refreshes) refresh();
      return metrics.registry.metrics();
    },
  };
}

/** All at once, because most of it is waiting for the database; none is left half loaded when one fails. */
async function loadServices(names: readonly ServiceName[], platform: Platform): Promise<ServiceSchema[]> {
  const loads = await Promise.allSettled(names.map((name) => loadService(name, platform)));
  return loads.map((load) => {
    if (load.status === 'rejected') throw load.reason;
    return load.value;
  });
}

async function loadService(name: ServiceName, platform: Platform): Promise<ServiceSchema> {
  const module = (await import(new URL(`../../services/${name}/${name}.service.ts`, import.meta.url).href)) as {
    default: (platform: Platform) => Promise<ServiceSchema>;
  };
  return module.default(platform);
}

/** The gateway puts its address into its settings once it listens. */
function gatewayUrl(broker: ServiceBroker): string | undefined {
  return (broker.getLocalService('gateway') as { url?: string } | undefined)?.url;
}

async function stopAll(broker: ServiceBroker, ...others: ((() => Promise<void>) | undefined)[]): Promise<void> {
  await stopBroker(broker);
  for (const stop of others) await stop?.();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
