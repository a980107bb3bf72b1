import type { ServiceSchema } from 'moleculer';
import { consumeDue, type Consumer } from '../messaging/consumer.ts';
import { backlogs, consumersWithDue, parkExhausted } from '../messaging/deliveries.ts';
import { pruneIdempotencyKeys } from '../messaging/idempotency.ts';
import { checkInvariant, type InvariantQuery } from '../persistence/invariants.ts';
import { inTransaction } from '../persistence/transaction.ts';
import { healthAction, type ServiceHealth } from '../protocol/health.ts';
import { checkInvariantAction } from '../protocol/self-check/invariant.ts';
import type { BaseDeps } from '../runtime/platform.ts';
import { startLoop, type Loop, type Round } from '../runtime/loop.ts';
import { rows, sql } from '../persistence/sql.ts';
import { toMoleculerAction, type BoundAction } from './actions.ts';
import { principalVerifier } from './principal.ts';

/** Work that a service takes up by itself, such as sending mails or drafting invoices. */
export interface Worker {
  name: string;
  /** Pause when there is nothing to do. */
  everyMs: number;
  /** Event types that wake it early. */
  wokenBy?: string[];
  /** One round; returns how much it did, 0 when nothing was due. */
  round: Round;
}

export interface ServiceParts {
  name: string;
  deps: BaseDeps;
  actions: BoundAction[];
  consumers?: Consumer[];
  workers?: Worker[];
  /** Ends what goes on beside the rounds of its workers; the database closes after that. */
  leave?: () => Promise<void>;
  /** What contradicts the invariants of its tables; the self-check asks for it. */
  invariants?: Readonly<Record<string, InvariantQuery>>;
}

/** How often one look finds the consumers that no wake-up reached: the price of losing the broker. */
const LOOK_MS = 2_000;
/** How long a consumer rests that neither a wake-up nor that look reaches. */
const REST_MS = 60_000;
/** Events of a busy moment are handled together: each round costs a transaction, however little there is to do. */
const GATHER_MS = 100;
const WATCH_EVERY_MS = 15_000;
const PRUNE_EVERY_MS = 3_600_000;

/** A Moleculer service made of its wiring: actions, consumers and workers. */
export function defineService({
  name,
  deps,
  actions,
  consumers = [],
  workers = [],
  leave,
  invariants = {},
}: ServiceParts): ServiceSchema {
  const loops: Loop[] = [];
  const loopOf = new Map<string, Loop>();
  const wakers = new Map<string, (() => void)[]>();
  const wokenBy = (type: string, loop: Loop) => wakers.set(type, [...(wakers.get(type) ?? []), loop.wake]);
  const types = new Set([
    ...consumers.map(({ event }) => event.type),
    ...workers.flatMap((worker) => worker.wokenBy ?? []),
  ]);

  const health = async (): Promise<ServiceHealth> => ({
    service: name,
    nodeId: deps.broker.nodeID,
    postgres: await canQuery(deps),
    nats: deps.natsConnected(),
    loops: loops.map((loop) => {
      const { lastRoundAt, ...status } = loop.status();
      return { ...status, lastRoundAt: lastRoundAt?.toISOString() ?? null };
    }),
  });
  const verifyPrincipal = principalVerifier(deps.keys.principal);
  const bound: BoundAction[] = [
    ...actions,
    { definition: healthAction(name), handle: health },
    {
      definition: checkInvariantAction(name),
      handle: ({ id }: { id: string }) => checkInvariant(deps, invariants, id),
    },
  ];

  return {
    name,
    actions: Object.fromEntries(
      bound.map((entry) => [
        entry.definition.name.slice(name.length + 1),
        toMoleculerAction(entry, verifyPrincipal, deps.metrics),
      ]),
    ),
    events: Object.fromEntries([...types].map((type) => [type, () => wakers.get(type)?.forEach((wake) => wake())])),
    started: async () => {
      for (const consumer of consumers) {
        const loop = startLoop({
          name: consumer.name,
          everyMs: REST_MS,
          gatherMs: GATHER_MS,
          log: deps.log,
          round: () => consumerRound(deps, consumer),
        });
        loops.push(loop);
        wokenBy(consumer.event.type, loop);
        loopOf.set(consumer.name, loop);
      }
      for (const worker of [...workers, ...ownWorkers(deps, loopOf)]) {
        const loop = startLoop({
          name: `${name}.${worker.name}`,
          everyMs: worker.everyMs,
          log: deps.log,
          round: worker.round,
        });
        loops.push(loop);
        deps.wakers.set(worker.name, loop.wake);
        worker.wokenBy?.forEach((type) => wokenBy(type, loop));
      }
      deps.onScrape(() =>
        loops.forEach((loop) => deps.metrics.loopOk.set({ loop: loop.name }, loop.status().ok ? 1 : 0)),
      );
    },
    stopped: async () => {
      await Promise.all([...loops.map((loop) => loop.stop()), leave?.()]);
      await deps.close();
    },
  };
}

/** What every service does besides its own work. */
function ownWorkers(deps: BaseDeps, consumers: ReadonlyMap<string, Loop>): Worker[] {
  const names = [...consumers.keys()];
  return [
    { name: 'prune-keys', everyMs: PRUNE_EVERY_MS, round: () => pruneIdempotencyKeys(deps) },
    ...(names.length
      ? [
          { name: 'wake-consumers', everyMs: LOOK_MS, round: () => wakeConsumers(deps, consumers) },
          { name: 'watch-deliveries', everyMs: WATCH_EVERY_MS, round: () => watchDeliveries(deps, names) },
        ]
      : []),
  ];
}

/** One look for all consumers, instead of one each, is most of what a service at rest asks its database. */
async function wakeConsumers(deps: BaseDeps, consumers: ReadonlyMap<string, Loop>): Promise<number> {
  for (const name of await consumersWithDue(deps, [...consumers.keys()])) consumers.get(name)?.wake();
  return 0;
}

async function consumerRound(deps: BaseDeps, consumer: Consumer): Promise<number> {
  const handled = await consumeDue(deps, consumer);
  if (handled) deps.metrics.deliveries.inc({ consumer: consumer.name }, handled);
  return handled;
}

/** Parks what can be tried no more and shows what waits. */
async function watchDeliveries(deps: BaseDeps, consumers: readonly string[]): Promise<number> {
  const parked = await parkExhausted(deps, consumers);
  if (parked) deps.log.error({ parked }, 'deliveries parked whose handling ended the process');
  for (const { consumer, parked, oldestSeconds } of await backlogs(deps, consumers)) {
    deps.metrics.deliveriesParked.set({ consumer }, parked);
    deps.metrics.deliveriesOldestSeconds.set({ consumer }, oldestSeconds);
  }
  return 0;
}

async function canQuery(deps: BaseDeps): Promise<boolean> {
  try {
    await inTransaction(deps.orm, [], (em) => rows(em, sql`select 1`), { readOnly: true });
    return true;
  } catch {
    return false;
  }
}
