import type { History } from '../../shared/persistence/migrate.ts';

export const notificationsMigrations: History['migrations'] = [];
