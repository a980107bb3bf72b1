import type { History } from '../../shared/persistence/migrate.ts';

export const returnsMigrations: History['migrations'] = [];
