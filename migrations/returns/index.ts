import type { History } from '../../shared/persistence/migrate.ts';
import { Returns } from './2026-11-21-returns.ts';

export const returnsMigrations: History['migrations'] = [{ name: '2026-11-21-returns', class: Returns }];
