import type { ServiceSchema } from 'moleculer';
import { defineService } from '../../shared/moleculer/service.ts';
import type { Platform } from '../../shared/runtime/platform.ts';
import { billingDeps, type BillingDeps } from './billing.deps.ts';
import { paymentsHandlers, paymentsWorkers } from './payments.ts';
import { directDebitHandlers, directDebitWorkers } from './direct-debits.ts';
import { dunningHandlers, dunningWorkers } from './dunning.ts';
import { exportHandlers } from './exports.ts';
import { correctionsHandlers } from './corrections.ts';
import { disputesHandlers } from './disputes.ts';
import { pricingConsumers, pricingHandlers, pricingWorkers } from './pricing.ts';
import { rateToolsHandlers } from './rate-tools.ts';
import { storageHandlers, storageWorkers } from './storage.ts';
import { runToolsHandlers } from './run-tools.ts';
import { runsConsumers, runsHandlers, runsWorkers } from './runs.ts';
import { answerInvariants } from './persistence/self-check/answer-invariants.ts';
import { chargeInvariants } from './persistence/self-check/charge-invariants.ts';
import { dunningInvariants } from './persistence/self-check/dunning-invariants.ts';
import { exportInvariants } from './persistence/self-check/export-invariants.ts';
import { correctionInvariants } from './persistence/self-check/correction-invariants.ts';
import { disputeInvariants } from './persistence/self-check/dispute-invariants.ts';
import { invoiceInvariants } from './persistence/self-check/invoice-invariants.ts';
import { lineInvariants } from './persistence/self-check/line-invariants.ts';
import { paymentInvariants } from './persistence/self-check/payment-invariants.ts';

export const billingService = (deps: BillingDeps): ServiceSchema =>
  defineService({
    name: 'billing',
    deps,
    invariants: {
      ...chargeInvariants,
      ...lineInvariants,
      ...invoiceInvariants,
      ...correctionInvariants,
      ...paymentInvariants,
      ...dunningInvariants,
      ...exportInvariants,
      ...disputeInvariants,
      ...answerInvariants,
    },
    actions: [
      ...pricingHandlers(deps),
      ...rateToolsHandlers(deps),
      ...runsHandlers(deps),
      ...runToolsHandlers(deps),
      ...correctionsHandlers(deps),
      ...disputesHandlers(deps),
      ...storageHandlers(deps),
      ...paymentsHandlers(deps),
      ...directDebitHandlers(deps),
      ...dunningHandlers(deps),
      ...exportHandlers(deps),
    ],
    consumers: [...pricingConsumers(deps), ...runsConsumers()],
    workers: [
      ...pricingWorkers(deps),
      ...runsWorkers(deps),
      ...storageWorkers(deps),
      ...paymentsWorkers(deps),
      ...directDebitWorkers(deps),
      ...dunningWorkers(deps),
    ],
  });

export default async (platform: Platform) => billingService(await billingDeps(platform));
