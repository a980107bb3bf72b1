import type { Actor } from '../../../shared/protocol/actor.ts';
import { directDebitActions } from '../../../shared/protocol/billing/direct-debit-actions.ts';
import { dunningActions } from '../../../shared/protocol/billing/dunning-actions.ts';
import { paymentsActions } from '../../../shared/protocol/billing/payments-actions.ts';
import { exportActions } from '../../../shared/protocol/billing/export-actions.ts';
import { disputesActions } from '../../../shared/protocol/billing/disputes-actions.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { runsActions } from '../../../shared/protocol/billing/runs-actions.ts';
import { STAFF, type Role } from '../../../shared/protocol/define.ts';
import type { ChangeNotice, Topic } from '../../../shared/protocol/live.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { syncActions } from '../../../shared/protocol/sync/actions.ts';

/** Whoever may read the list of a topic hears of it. */
const READERS: Record<Topic, readonly Role[]> = {
  returns: returnsActions.listReturns.access,
  'rtv-batches': returnsActions.listBatches.access,
  orders: ordersActions.listOrders.access,
  'special-jobs': ordersActions.listSpecialJobs.access,
  'goods-in': ordersActions.listGoodsIn.access,
  articles: ordersActions.listOrders.access,
  charges: pricingActions.listCharges.access,
  runs: runsActions.listBillingRuns.access,
  invoices: runsActions.listInvoices.access,
  payments: paymentsActions.listPayments.access,
  'direct-debits': directDebitActions.listMandates.access,
  dunning: dunningActions.listDunningLetters.access,
  'line-disputes': disputesActions.listLineDisputes.access,
  'storage-snapshots': pricingActions.listStorageSnapshots.access,
  exports: exportActions.listExports.access,
  messages: notificationsActions.listMessages.access,
  imports: syncActions.listImports.access,
  merchants: merchantsActions.listMerchants.access,
  contracts: merchantsActions.listContracts.access,
  'rate-cards': pricingActions.listRateCards.access,
  connections: syncActions.listConnections.access,
  notes: STAFF,
};

/** What is the house's own affair, whoever else may call the list. */
const OF_THE_HOUSE: ReadonlySet<Topic> = new Set<Topic>(['notes', 'imports', 'runs', 'payments']);

/** Whether somebody may know of a change: by role, and merchants of their own only. */
export function hears({ roles, scope }: Pick<Actor, 'roles' | 'scope'>, { topic, merchantId }: ChangeNotice): boolean {
  if (!roles.some((role) => READERS[topic].includes(role))) return false;
  if (scope === 'staff') return true;
  return merchantId !== null && scope.includes(merchantId) && !OF_THE_HOUSE.has(topic);
}
