import type { History } from '../../shared/persistence/migrate.ts';

export const billingMigrations: History['migrations'] = [];
