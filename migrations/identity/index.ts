import type { History } from '../../shared/persistence/migrate.ts';

export const identityMigrations: History['migrations'] = [];
