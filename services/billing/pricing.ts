import { consume, type Consumer } from '../../shared/messaging/consumer.ts';
import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { pricingActions } from '../../shared/protocol/billing/pricing-actions.ts';
import { merchantAccessChangedV1 } from '../../shared/protocol/identity/events.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { carrierLineMatchedV1, carrierLineReopenedV1 } from '../../shared/protocol/orders/carrier-invoices.ts';
import {
  orderShippedV1,
  shipmentCancelledV1,
  shipmentCorrectedV1,
  specialJobSignedOffV1,
} from '../../shared/protocol/orders/events.ts';
import { specialJobChangedV1 } from '../../shared/protocol/orders/special-jobs.ts';
import {
  batchDispatchedV1,
  chargesMovedV1,
  itemSettledV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnProgressedV1,
  returnReceivedV1,
} from '../../shared/protocol/returns/events.ts';
import { goodsInClosedV1 } from '../../shared/protocol/orders/goods-in.ts';
import type { BillingDeps } from './billing.deps.ts';
import { saveReturns } from './persistence/facts-of-others.ts';
import { saveAccess } from './persistence/merchant-access.ts';
import { saveSpecialJobs } from './persistence/special-job-refs.ts';
import { accrueFinishedMonths } from './use-cases/charges/accrue-software-fees.ts';
import { holdCharge, releaseCharge, waiveCharge } from './use-cases/charges/change-charge.ts';
import {
  chargeBatches,
  chargeInspections,
  chargeMovedGoods,
  chargeQuarantine,
  chargeReceipts,
  chargeSettledItems,
  chargeSpecialJobs,
} from './use-cases/charges/charge-events.ts';
import {
  chargeCancelledShipments,
  chargeCarrierLines,
  chargeCorrectedShipments,
  chargeShipments,
  takeBackCarrierLines,
} from './use-cases/charges/charge-shipments.ts';
import { chargeGoodsIn } from './use-cases/charges/charge-goods-in.ts';
import { getMerchantAccount } from './use-cases/charges/get-merchant-account.ts';
import { getCharge, listCharges } from './use-cases/charges/read-charges.ts';
import { rerateDue } from './use-cases/charges/rerate-charges.ts';
import { RERATING_WORKER } from './use-cases/charges/wake-rerating.ts';
import { getIssuer, putIssuer } from './use-cases/issuer/issuer.ts';
import { getLogo, removeLogo, setLogo } from './use-cases/issuer/logo.ts';
import { knowMerchants } from './use-cases/merchants/know-merchants.ts';
import { addRateVersion } from './use-cases/rate-cards/add-rate-version.ts';
import { createRateCard } from './use-cases/rate-cards/create-rate-card.ts';
import { getRateCard, listRateCards } from './use-cases/rate-cards/read-rate-cards.ts';
import { importStorageSnapshots } from './use-cases/storage/import-storage-snapshots.ts';
import { listStorageSnapshots } from './use-cases/storage/list-storage-snapshots.ts';
import { recordStorageSnapshots } from './use-cases/storage/record-storage-snapshots.ts';

/** The use cases behind prices, charges, storage evidence and the issuer. */
export const pricingHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(pricingActions, {
    listRateCards: (input, actor) => listRateCards(deps, input, actor),
    createRateCard: (input, actor) => createRateCard(deps, input, actor),
    getRateCard: (input, actor) => getRateCard(deps, input, actor),
    addRateVersion: (input, actor) => addRateVersion(deps, input, actor),
    listCharges: (input, actor) => listCharges(deps, input, actor),
    getCharge: (input, actor) => getCharge(deps, input, actor),
    holdCharge: (input, actor) => holdCharge(deps, input, actor),
    releaseCharge: (input, actor) => releaseCharge(deps, input, actor),
    waiveCharge: (input, actor) => waiveCharge(deps, input, actor),
    getMerchantAccount: (input, actor) => getMerchantAccount(deps, input, actor),
    recordStorageSnapshots: (input, actor) => recordStorageSnapshots(deps, input, actor),
    importStorageSnapshots: (input, actor) => importStorageSnapshots(deps, input, actor),
    listStorageSnapshots: (input, actor) => listStorageSnapshots(deps, input, actor),
    getIssuer: (input, actor) => getIssuer(deps, input, actor),
    putIssuer: (input, actor) => putIssuer(deps, input, actor),
    setIssuerLogo: (input, actor) => setLogo(deps, input, actor),
    removeIssuerLogo: (input, actor) => removeLogo(deps, input, actor),
    getIssuerLogo: (input, actor) => getLogo(deps, input, actor),
  });

/** What billing learns of the others, and the charges it makes of it. */
export const pricingConsumers = (deps: BillingDeps): Consumer[] => [
  consume('billing.know-merchants', merchantChangedV1, (tx, events) => knowMerchants(deps, tx, events)),
  consume('billing.know-merchant-users', merchantAccessChangedV1, ({ em }, events) =>
    saveAccess(
      em,
      events.map(({ payload }) => payload),
      deps.config.KONTOR_ZONE,
    ),
  ),
  consume('billing.know-returns', returnProgressedV1, ({ em }, events) =>
    saveReturns(
      em,
      events.map(({ payload }) => payload),
    ),
  ),
  consume('billing.know-special-jobs', specialJobChangedV1, ({ em }, events) =>
    saveSpecialJobs(
      em,
      events.map(({ payload }) => payload),
    ),
  ),
  consume('billing.charge-shipments', orderShippedV1, (tx, events) => chargeShipments(deps, tx, events)),
  consume('billing.charge-corrected-shipments', shipmentCorrectedV1, (tx, events) =>
    chargeCorrectedShipments(deps, tx, events),
  ),
  consume('billing.charge-cancelled-shipments', shipmentCancelledV1, (tx, events) =>
    chargeCancelledShipments(deps, tx, events),
  ),
  consume('billing.charge-carrier-lines', carrierLineMatchedV1, (tx, events) => chargeCarrierLines(deps, tx, events)),
  consume('billing.take-back-carrier-lines', carrierLineReopenedV1, (tx, events) =>
    takeBackCarrierLines(deps, tx, events),
  ),
  consume('billing.charge-undeliverables', returnReceivedV1, (tx, events) => chargeReceipts(deps, tx, events)),
  consume('billing.charge-inspections', returnInspectedV1, (tx, events) => chargeInspections(deps, tx, events)),
  consume('billing.charge-settled-items', itemSettledV1, (tx, events) => chargeSettledItems(deps, tx, events)),
  consume('billing.correct-moved-goods', chargesMovedV1, (tx, events) => chargeMovedGoods(deps, tx, events)),
  consume('billing.charge-batches', batchDispatchedV1, (tx, events) => chargeBatches(deps, tx, events)),
  consume('billing.charge-quarantine', quarantineAccruedV1, (tx, events) => chargeQuarantine(deps, tx, events)),
  consume('billing.charge-goods-in', goodsInClosedV1, (tx, events) => chargeGoodsIn(deps, tx, events)),
  consume('billing.charge-special-jobs', specialJobSignedOffV1, (tx, events) => chargeSpecialJobs(deps, tx, events)),
];

/** What the clock does to prices and charges. */
export const pricingWorkers = (deps: BillingDeps): Worker[] => [
  { name: RERATING_WORKER, everyMs: 10_000, round: () => rerateDue(deps) },
  { name: 'accrue-software-fees', everyMs: 600_000, round: () => accrueFinishedMonths(deps) },
];
