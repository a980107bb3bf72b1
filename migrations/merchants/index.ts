import type { History } from '../../shared/persistence/migrate.ts';

export const merchantsMigrations: History['migrations'] = [];
