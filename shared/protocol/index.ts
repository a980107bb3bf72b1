import type { ActionDefinition } from './define.ts';
import { billingActions } from './billing/actions.ts';
import { identityActions } from './identity/actions.ts';
import { merchantsActions } from './merchants/actions.ts';
import { notificationsActions } from './notifications/actions.ts';
import { ordersActions } from './orders/actions.ts';
import { returnsActions } from './returns/actions.ts';
import { syncActions } from './sync/actions.ts';

/** Every action of every service. */
export const ALL_ACTIONS: readonly ActionDefinition[] = [
  identityActions,
  merchantsActions,
  ordersActions,
  returnsActions,
  billingActions,
  notificationsActions,
  syncActions,
].flatMap((actions) => Object.values(actions) as ActionDefinition[]);
