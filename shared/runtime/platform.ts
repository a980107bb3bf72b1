import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceBroker } from 'moleculer';
import type { Config } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import { changeTeller } from '../messaging/changes.ts';
import type { Reached } from '../messaging/crash-points.ts';
import type { TransactDeps } from '../messaging/transact.ts';
import type { Call } from '../moleculer/call.ts';
import { openOrm, type Entities } from '../persistence/orm.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Keys } from './secrets.ts';

/** What one process gives to the services it runs. */
export interface Platform {
  config: Config;
  databaseUrl: string;
  keys: Keys;
  now: Clock;
  log: Logger;
  metrics: Metrics;
  store: ObjectStore;
  broker: ServiceBroker;
  call: Call;
  /** `null` without NATS. */
  natsConnected: () => boolean | null;
  /** Registers something to refresh before metrics are read. */
  onScrape: (refresh: () => void) => void;
  /** The metrics of this process in Prometheus' text form. */
  scrape: () => Promise<string>;
  /** Set by tests that end the process at a named point; never in a product. */
  reached?: Reached | undefined;
}

/** What every service starts its own `deps` from. */
export interface BaseDeps
  extends
    TransactDeps,
    Pick<Platform, 'config' | 'keys' | 'metrics' | 'store' | 'broker' | 'call' | 'natsConnected' | 'onScrape'> {
  orm: MikroORM;
  log: Logger;
  /** A number in [0, 1), for the jitter of back-offs. */
  random: () => number;
  /** Wakes a worker of this service by its name, after a use case made work for it. */
  wakers: Map<string, () => void>;
  close: () => Promise<void>;
}

/**
 * @param entities  entities of the service's own schema
 */
export async function baseDeps(platform: Platform, service: string, entities: Entities): Promise<BaseDeps> {
  const { config, databaseUrl, keys, now, metrics, store, broker, call, natsConnected, onScrape, reached } = platform;
  const log = platform.log.child({ service });
  const orm = await openOrm({ service, url: databaseUrl, entities, poolSize: config.DATABASE_POOL_SIZE });
  return {
    service,
    orm,
    config,
    keys,
    now,
    metrics,
    store,
    broker,
    call,
    natsConnected,
    onScrape,
    reached,
    log,
    random: Math.random,
    wakers: new Map(),
    // the broker may be down: the poll takes the deliveries up, so a lost wake-up costs latency only
    wake: (type, eventIds) =>
      void broker.emit(type, { eventIds }).catch((error: unknown) => log.debug({ err: error, type }, 'wake-up lost')),
    tell: changeTeller(broker, (error) => log.debug({ err: error }, 'notices of changes lost')),
    close: () => orm.close(),
  };
}
