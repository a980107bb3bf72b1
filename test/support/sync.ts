import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { importOrders } from '../../services/orders/use-cases/import-orders.ts';
import { importAnnouncedReturns } from '../../services/returns/use-cases/import-announced-returns.ts';
import type { ReturnsDeps } from '../../services/returns/returns.deps.ts';
import { mappingProfile, type MappingProfile } from '../../services/sync/domain/mapping-profile.ts';
import { upsertMerchants } from '../../services/sync/persistence/merchants.ts';
import { insertProfile } from '../../services/sync/persistence/profiles.ts';
import type { SyncDeps } from '../../services/sync/sync.deps.ts';
import { createImport } from '../../services/sync/use-cases/create-import.ts';
import { NotFound } from '../../shared/kernel/errors.ts';
import { parseInput } from '../../shared/moleculer/actions.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { inTransaction } from '../../shared/persistence/transaction.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import type { ActionDefinition } from '../../shared/protocol/define.ts';
import type { MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import type { ImportView } from '../../shared/protocol/sync/views.ts';
import { syncActions } from '../../shared/protocol/sync/actions.ts';
import { createMetrics } from '../../shared/runtime/metrics.ts';
import type { ObjectStore } from '../../shared/storage/object-store.ts';
import { diskStore } from '../../shared/storage/disk-store.ts';
import type { TestDatabase } from './database.ts';
import { newId, ordersFixture, type OrdersFixture } from './orders.ts';

export const syncStaff: Actor = { ...serviceActor('sync', 'request-1'), kind: 'user', id: 'admin-1', roles: ['admin'] };

/** A handler of another service, under the name of its action. */
export type Callee = (input: never, actor: Actor) => Promise<unknown>;

export interface SyncFixture {
  deps: SyncDeps;
  orders: OrdersFixture;
  store: ObjectStore;
  /** Other services' actions by name: the real imports of orders and returns, and merchants as they were added. */
  callees: Map<string, Callee>;
  addMerchant: (snapshot: MerchantSnapshot) => Promise<void>;
  addProfile: (profile: object) => Promise<MappingProfile>;
  /** Uploads a file as the gateway does and starts an import of it. */
  upload: (content: string | Uint8Array, input: Record<string, unknown>, actor?: Actor) => Promise<ImportView>;
  close: () => Promise<void>;
}

/** The sync service on a test database and a store of its own, with the real orders and returns behind its calls. */
export async function syncFixture(database: TestDatabase): Promise<SyncFixture> {
  const orm = await openOrm({ service: 'sync', url: database.url, entities: [], poolSize: 8 });
  const orders = await ordersFixture(database);
  const returnsOrm = await openOrm({ service: 'returns', url: database.url, entities: [], poolSize: 4 });
  // of what the returns service has, an import needs no images and documents
  const returns = { ...orders.deps, service: 'returns', orm: returnsOrm } as unknown as ReturnsDeps;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-sync-'));
  const store = diskStore(folder);
  const callees = new Map<string, Callee>([
    ['orders.importOrders', (input, actor) => importOrders(orders.deps, input, actor)],
    ['returns.importAnnouncedReturns', (input, actor) => importAnnouncedReturns(returns, input, actor)],
    [
      'merchants.getMerchantSnapshot',
      ({ id }: { id: string }) => {
        const found = orders.merchants.find(({ merchantId }) => merchantId === id);
        return found ? Promise.resolve(found) : Promise.reject(new NotFound('merchant'));
      },
    ],
  ]);
  const deps: SyncDeps = {
    service: 'sync',
    orm,
    now: () => orders.clock.now,
    wake: () => undefined,
    wakers: new Map(),
    random: () => 0,
    log: pino({ level: 'silent' }),
    store,
    config: { WEBHOOK_ALLOW_PRIVATE: 'true' },
    keys: { vault: randomBytes(32) },
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    stopping: () => false,
    webhookDeadlineMs: 10_000,
    metrics: createMetrics(),
    call: callThrough(callees),
  };
  const upload: SyncFixture['upload'] = async (content, input, actor = syncStaff) => {
    const uploadKey = `incoming/${newId()}`;
    const { bytes } = await store.put(uploadKey, Buffer.from(content));
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file = { uploadKey, sha256, bytes, filename: 'file.csv' };
    return createImport(deps, { ...parseInput(syncActions.createImport, { ...input, file }) } as never, actor);
  };
  return {
    ...{ deps, orders, store, callees, upload },
    addMerchant: (snapshot) => {
      orders.merchants.push(snapshot);
      return inTransaction(orm, 'staff', (em) => upsertMerchants(em, [snapshot]));
    },
    addProfile: async (input) => {
      const profile = mappingProfile.parse(input);
      await inTransaction(orm, 'staff', (em) => insertProfile(em, profile, new Date()));
      return profile;
    },
    close: async () => {
      await orders.close();
      await returnsOrm.close();
      await orm.close();
      fs.rmSync(folder, { recursive: true });
    },
  };
}

/** Checks input and answer as the broker's binding does, and hands the idempotency key on. */
function callThrough(callees: ReadonlyMap<string, Callee>): SyncDeps['call'] {
  return (async (definition: ActionDefinition, input: Record<string, unknown>, actor: Actor, options = {}) => {
    const callee = callees.get(definition.name);
    if (!callee) throw Object.assign(new Error(`No ${definition.name}`), { type: 'NOT_THERE' });
    const { idempotency } = options as { idempotency?: { key: string; requestHash: string } };
    const caller = idempotency ? { ...actor, idempotency: { ...idempotency, action: definition.name } } : actor;
    return definition.output.parse(await callee(parseInput(definition, input) as never, caller));
  }) as SyncDeps['call'];
}
