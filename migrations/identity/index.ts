import type { History } from '../../shared/persistence/migrate.ts';
import { Users } from './2026-11-21-users.ts';

export const identityMigrations: History['migrations'] = [{ name: '2026-11-21-users', class: Users }];
