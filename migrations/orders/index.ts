import type { History } from '../../shared/persistence/migrate.ts';

export const ordersMigrations: History['migrations'] = [];
