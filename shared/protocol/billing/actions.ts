import { bankActions } from './bank-actions.ts';
import { creditActions } from './credit-actions.ts';
import { paymentsActions } from './payments-actions.ts';
import { directDebitActions } from './direct-debit-actions.ts';
import { dunningActions } from './dunning-actions.ts';
import { exportActions } from './export-actions.ts';
import { correctionsActions } from './corrections-actions.ts';
import { disputesActions } from './disputes-actions.ts';
import { pricingActions } from './pricing-actions.ts';
import { rateToolsActions } from './rate-tools-actions.ts';
import { runToolsActions } from './run-tools-actions.ts';
import { runsActions } from './runs-actions.ts';
import { storageActions } from './storage-actions.ts';

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const billingActions = {
  ...exportActions,
  ...correctionsActions,
  ...disputesActions,
  ...pricingActions,
  ...rateToolsActions,
  ...runsActions,
  ...runToolsActions,
  ...storageActions,
  ...paymentsActions,
  ...creditActions,
  ...bankActions,
  ...directDebitActions,
  ...dunningActions,
};
