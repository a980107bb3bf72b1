import type { History } from '../../shared/persistence/migrate.ts';
import { Billing } from './2026-11-21-billing.ts';

export const billingMigrations: History['migrations'] = [{ name: '2026-11-21-billing', class: Billing }];
