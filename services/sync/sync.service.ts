import { consume } from '../../shared/messaging/consumer.ts';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { invoiceFinalizedV1 } from '../../shared/protocol/billing/events.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { orderShippedV1, shipmentCancelledV1 } from '../../shared/protocol/orders/events.ts';
import { batchDispatchedV1, returnInspectedV1 } from '../../shared/protocol/returns/events.ts';
import { syncActions } from '../../shared/protocol/sync/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { upsertMerchants } from './persistence/merchants.ts';
import { enqueue } from './persistence/outgoing.ts';
import { syncDeps, type SyncDeps } from './sync.deps.ts';
import * as connections from './use-cases/connections.ts';
import { createImport } from './use-cases/create-import.ts';
import { listDeadEvents, retryDeadEvent, retryDeadEvents } from './use-cases/dead-events.ts';
import { listLog } from './use-cases/list-log.ts';
import { createProfile, listProfiles, replaceProfile } from './use-cases/profiles.ts';
import { getImport, getImportErrors, listImports } from './use-cases/read-imports.ts';
import { runImports } from './use-cases/run-imports.ts';
import { getSelfCheck, startSelfCheck } from './use-cases/self-check/ask.ts';
import { selfCheckRound } from './use-cases/self-check/run.ts';
import { sendWebhooks } from './use-cases/send-webhooks.ts';
import { platformInvariants } from './persistence/invariants.ts';

export const syncService = (deps: BaseDeps & SyncDeps) =>
  defineService({
    name: 'sync',
    deps,
    invariants: platformInvariants,
    actions: bind(syncActions, {
      createImport: (input, actor) => createImport(deps, input, actor),
      listImports: (input, actor) => listImports(deps, input, actor),
      getImport: (input, actor) => getImport(deps, input, actor),
      getImportErrors: (input, actor) => getImportErrors(deps, input, actor),
      listProfiles: (input, actor) => listProfiles(deps, input, actor),
      createProfile: (input, actor) => createProfile(deps, input, actor),
      replaceProfile: (input, actor) => replaceProfile(deps, input, actor),
      listConnections: (input, actor) => connections.listConnections(deps, input, actor),
      createConnection: (input, actor) => connections.createConnection(deps, input, actor),
      changeConnection: (input, actor) => connections.changeConnection(deps, input, actor),
      deleteConnection: (input, actor) => connections.deleteConnection(deps, input, actor),
      getConnectionSecret: (input, actor) => connections.getConnectionSecret(deps, input, actor),
      runConnection: (input, actor) => connections.runConnection(deps, input, actor),
      listLog: (input, actor) => listLog(deps, input, actor),
      listDeadEvents: (input, actor) => listDeadEvents(deps, input, actor),
      retryDeadEvent: (input, actor) => retryDeadEvent(deps, input, actor),
      retryDeadEvents: (input, actor) => retryDeadEvents(deps, input, actor),
      getSelfCheck: (_input, actor) => getSelfCheck(deps, actor),
      startSelfCheck: (_input, actor) => startSelfCheck(deps, actor),
    }),
    consumers: [
      consume('sync.know-merchants', merchantChangedV1, ({ em }, events) =>
        upsertMerchants(
          em,
          events.map(({ payload }) => payload),
        ),
      ),
      consume('sync.send-order-shipped', orderShippedV1, async ({ em }, events) => void (await enqueue(em, events))),
      consume(
        'sync.send-shipment-cancelled',
        shipmentCancelledV1,
        async ({ em }, events) => void (await enqueue(em, events)),
      ),
      consume(
        'sync.send-return-inspected',
        returnInspectedV1,
        async ({ em }, events) => void (await enqueue(em, events)),
      ),
      consume(
        'sync.send-batch-dispatched',
        batchDispatchedV1,
        async ({ em }, events) => void (await enqueue(em, events)),
      ),
      consume(
        'sync.send-invoice-finalized',
        invoiceFinalizedV1,
        async ({ em }, events) => void (await enqueue(em, events)),
      ),
    ],
    workers: [
      { name: 'run-imports', everyMs: 2_000, round: (beat) => runImports(deps, beat) },
      { name: 'send-webhooks', everyMs: 1_000, round: () => sendWebhooks(deps) },
      { name: 'self-check', everyMs: 5_000, round: (beat) => selfCheckRound(deps, beat) },
    ],
  });

export default async (platform: Platform) => syncService(await syncDeps(platform));
