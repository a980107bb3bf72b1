import { Sync } from './2026-11-23-sync.ts';

export const syncMigrations = [{ name: '2026-11-23-sync', class: Sync }];
