import type { History } from '../../shared/persistence/migrate.ts';
import { Messages } from './2026-11-23-messages.ts';

export const notificationsMigrations: History['migrations'] = [{ name: '2026-11-23-messages', class: Messages }];
