import type { ServiceSchema } from 'moleculer';
import { consume } from '../../shared/messaging/consumer.ts';
import { bind, type Handlers } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { articleChangedV1 } from '../../shared/protocol/orders/articles.ts';
import { orderShippedV1, shipmentCancelledV1 } from '../../shared/protocol/orders/events.ts';
import { returnsActions } from '../../shared/protocol/returns/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { batchHandlers, batchWorkers } from './batch-handlers.ts';
import { forgetCancelledShipments, keepArticles, keepMerchants, keepShippedOrders } from './consumers.ts';
import { decisionHandlers, decisionWorkers } from './decision-handlers.ts';
import { deskHandlers, deskWorkers } from './desk-handlers.ts';
import { returnsDeps, type ReturnsDeps } from './returns.deps.ts';
import { addItem } from './use-cases/add-item.ts';
import { cancelReturn } from './use-cases/cancel-return.ts';
import { changeReturn } from './use-cases/change-return.ts';
import { completeReturn } from './use-cases/complete-return.ts';
import { createReturn } from './use-cases/create-return.ts';
import { decideItem } from './use-cases/decide-item.ts';
import { getReturn, listReturns, lookupReturns } from './use-cases/find-returns.ts';
import { importAnnouncedReturns } from './use-cases/import-announced-returns.ts';
import { inspectItem } from './use-cases/inspect-item.ts';
import { matchReturn } from './use-cases/match-return.ts';
import { addPhoto, getPhoto } from './use-cases/photos.ts';
import { receiveReturn } from './use-cases/receive-return.ts';
import { reopenReturn } from './use-cases/reopen-return.ts';
import { returnsInvariants } from './persistence/invariants.ts';

export const returnsService = (deps: ReturnsDeps & BaseDeps): ServiceSchema =>
  defineService({
    name: 'returns',
    deps,
    invariants: returnsInvariants,
    actions: bind(returnsActions, handlers(deps)),
    consumers: [
      consume('returns.know-merchants', merchantChangedV1, keepMerchants),
      consume('returns.know-shipped-orders', orderShippedV1, keepShippedOrders),
      consume('returns.know-cancelled-shipments', shipmentCancelledV1, forgetCancelledShipments),
      consume('returns.know-articles', articleChangedV1, keepArticles),
    ],
    workers: [...deskWorkers(deps), ...batchWorkers(deps), ...decisionWorkers(deps)],
  });

const handlers = (deps: ReturnsDeps): Handlers<typeof returnsActions> => ({
  ...batchHandlers(deps),
  ...decisionHandlers(deps),
  lookupReturns: (input, actor) => lookupReturns(deps, input, actor),
  listReturns: (input, actor) => listReturns(deps, input, actor),
  createReturn: (input, actor) => createReturn(deps, input, actor),
  getReturn: (input, actor) => getReturn(deps, input, actor),
  changeReturn: (input, actor) => changeReturn(deps, input, actor),
  receiveReturn: (input, actor) => receiveReturn(deps, input, actor),
  addItem: (input, actor) => addItem(deps, input, actor),
  matchReturn: (input, actor) => matchReturn(deps, input, actor),
  ...deskHandlers(deps),
  cancelReturn: (input, actor) => cancelReturn(deps, input, actor),
  inspectItem: (input, actor) => inspectItem(deps, input, actor),
  decideItem: (input, actor) => decideItem(deps, input, actor),
  completeReturn: (input, actor) => completeReturn(deps, input, actor),
  reopenReturn: (input, actor) => reopenReturn(deps, input, actor),
  addPhoto: (input, actor) => addPhoto(deps, input, actor),
  getPhoto: (input, actor) => getPhoto(deps, input, actor),
  importAnnouncedReturns: (input, actor) => importAnnouncedReturns(deps, input, actor),
});

export default async (platform: Platform): Promise<ServiceSchema> => returnsService(await returnsDeps(platform));
