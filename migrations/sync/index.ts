import type { History } from '../../shared/persistence/migrate.ts';

export const syncMigrations: History['migrations'] = [];
