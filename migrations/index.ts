import type { History } from '../shared/persistence/migrate.ts';
import { billingMigrations } from './billing/index.ts';
import { identityMigrations } from './identity/index.ts';
import { merchantsMigrations } from './merchants/index.ts';
import { messagingMigrations } from './messaging/index.ts';
import { notificationsMigrations } from './notifications/index.ts';
import { ordersMigrations } from './orders/index.ts';
import { returnsMigrations } from './returns/index.ts';
import { syncMigrations } from './sync/index.ts';

/** Every schema with its history; `messaging` first, because the others use its helpers. */
export const HISTORIES: readonly History[] = [
  { schema: 'messaging', migrations: messagingMigrations },
  { schema: 'identity', migrations: identityMigrations },
  { schema: 'merchants', migrations: merchantsMigrations },
  { schema: 'orders', migrations: ordersMigrations },
  { schema: 'returns', migrations: returnsMigrations },
  { schema: 'billing', migrations: billingMigrations },
  { schema: 'notifications', migrations: notificationsMigrations },
  { schema: 'sync', migrations: syncMigrations },
];
