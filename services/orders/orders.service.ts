import { consume } from '../../shared/messaging/consumer.ts';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { ordersActions } from '../../shared/protocol/orders/actions.ts';
import { itemSettledV1, returnInspectedV1 } from '../../shared/protocol/returns/events.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { ordersDeps, type OrdersDeps } from './orders.deps.ts';
import { upsertMerchants } from './persistence/merchants.ts';
import { specialJobHandlers } from './special-jobs.ts';
import { addArticleEan, changeArticle } from './use-cases/articles/change-article.ts';
import { createArticle } from './use-cases/articles/create-article.ts';
import { getArticle, listArticles } from './use-cases/articles/find-articles.ts';
import { getArticlePicture, setArticlePicture } from './use-cases/articles/pictures.ts';
import { saveArticles } from './use-cases/articles/save-articles.ts';
import { importCarrierInvoices } from './use-cases/carrier-invoices/import-carrier-invoices.ts';
import {
  getCarrierLine,
  listCarrierInvoices,
  listCarrierLines,
} from './use-cases/carrier-invoices/list-carrier-invoices.ts';
import { recordCarrierInvoice } from './use-cases/carrier-invoices/record-carrier-invoice.ts';
import {
  dismissCarrierLine,
  matchCarrierLine,
  reopenCarrierLine,
} from './use-cases/carrier-invoices/settle-carrier-line.ts';
import { cancelOrder } from './use-cases/cancel-order.ts';
import { cancelShipment } from './use-cases/cancel-shipment.ts';
import { createOrder } from './use-cases/create-order.ts';
import { getOrder } from './use-cases/get-order.ts';
import { importOrders } from './use-cases/import-orders.ts';
import { listOrders } from './use-cases/list-orders.ts';
import { listShipments } from './use-cases/list-shipments.ts';
import { listStockMovements } from './use-cases/list-stock-movements.ts';
import { changePackaging, createPackaging, listPackagings } from './use-cases/packagings/keep-packagings.ts';
import { restockReturnedGoods, restockSettledItems } from './use-cases/restock-returned-goods.ts';
import { shipOrder } from './use-cases/ship-order.ts';
import { announceGoodsIn } from './use-cases/goods-in/announce-goods-in.ts';
import { cancelGoodsIn, changeGoodsIn } from './use-cases/goods-in/change-goods-in.ts';
import { closeGoodsIn, reopenGoodsIn } from './use-cases/goods-in/close-goods-in.ts';
import { countGoodsIn, receiveGoodsIn } from './use-cases/goods-in/count-goods-in.ts';
import { getGoodsIn, listGoodsIn } from './use-cases/goods-in/find-goods-in.ts';
import { importGoodsIn } from './use-cases/goods-in/import-goods-in.ts';
import { bookStock } from './use-cases/book-stock.ts';
import { getStockAt, getStockMoves } from './use-cases/stock-moves.ts';
import { ordersInvariants } from './persistence/invariants.ts';

export const ordersService = (deps: OrdersDeps & BaseDeps) =>
  defineService({
    name: 'orders',
    deps,
    invariants: ordersInvariants,
    actions: bind(ordersActions, {
      listOrders: (input, actor) => listOrders(deps, input, actor),
      createOrder: (input, actor) => createOrder(deps, input, actor),
      getOrder: (input, actor) => getOrder(deps, input, actor),
      shipOrder: (input, actor) => shipOrder(deps, input, actor),
      cancelOrder: (input, actor) => cancelOrder(deps, input, actor),
      listShipments: (input, actor) => listShipments(deps, input, actor),
      cancelShipment: (input, actor) => cancelShipment(deps, input, actor),
      listPackagings: (input, actor) => listPackagings(deps, input, actor),
      createPackaging: (input, actor) => createPackaging(deps, input, actor),
      listCarrierInvoices: (input, actor) => listCarrierInvoices(deps, input, actor),
      recordCarrierInvoice: (input, actor) => recordCarrierInvoice(deps, input, actor),
      importCarrierInvoices: (input, actor) => importCarrierInvoices(deps, input, actor),
      listCarrierLines: (input, actor) => listCarrierLines(deps, input, actor),
      getCarrierLine: (input, actor) => getCarrierLine(deps, input, actor),
      matchCarrierLine: (input, actor) => matchCarrierLine(deps, input, actor),
      reopenCarrierLine: (input, actor) => reopenCarrierLine(deps, input, actor),
      dismissCarrierLine: (input, actor) => dismissCarrierLine(deps, input, actor),
      changePackaging: (input, actor) => changePackaging(deps, input, actor),
      importOrders: (input, actor) => importOrders(deps, input, actor),
      ...specialJobHandlers(deps),
      listStockMovements: (input, actor) => listStockMovements(deps, input, actor),
      bookStock: (input, actor) => bookStock(deps, input, actor),
      getStockMoves: (input, actor) => getStockMoves(deps, input, actor),
      getStockAt: (input, actor) => getStockAt(deps, input, actor),
      listGoodsIn: (input, actor) => listGoodsIn(deps, input, actor),
      announceGoodsIn: (input, actor) => announceGoodsIn(deps, input, actor),
      importGoodsIn: (input, actor) => importGoodsIn(deps, input, actor),
      getGoodsIn: (input, actor) => getGoodsIn(deps, input, actor),
      changeGoodsIn: (input, actor) => changeGoodsIn(deps, input, actor),
      cancelGoodsIn: (input, actor) => cancelGoodsIn(deps, input, actor),
      receiveGoodsIn: (input, actor) => receiveGoodsIn(deps, input, actor),
      countGoodsIn: (input, actor) => countGoodsIn(deps, input, actor),
      closeGoodsIn: (input, actor) => closeGoodsIn(deps, input, actor),
      reopenGoodsIn: (input, actor) => reopenGoodsIn(deps, input, actor),
      listArticles: (input, actor) => listArticles(deps, input, actor),
      createArticle: (input, actor) => createArticle(deps, input, actor),
      saveArticles: (input, actor) => saveArticles(deps, input, actor),
      getArticle: (input, actor) => getArticle(deps, input, actor),
      changeArticle: (input, actor) => changeArticle(deps, input, actor),
      addArticleEan: (input, actor) => addArticleEan(deps, input, actor),
      setArticlePicture: (input, actor) => setArticlePicture(deps, input, actor),
      getArticlePicture: (input, actor) => getArticlePicture(deps, input, actor),
    }),
    consumers: [
      consume('orders.know-merchants', merchantChangedV1, ({ em }, events) =>
        upsertMerchants(
          em,
          events.map(({ payload }) => payload),
        ),
      ),
      consume('orders.restock-returned-goods', returnInspectedV1, (tx, events) =>
        restockReturnedGoods(tx, events, deps.now()),
      ),
      consume('orders.restock-settled-items', itemSettledV1, (tx, events) =>
        restockSettledItems(tx, events, deps.now()),
      ),
    ],
  });

export default async (platform: Platform) => ordersService(await ordersDeps(platform));
