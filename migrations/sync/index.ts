import { Sync } from './2026-11-23-sync.ts';
import { SelfCheck } from './2026-11-27-self-check.ts';

export const syncMigrations = [
  { name: '2026-11-23-sync', class: Sync },
  { name: '2026-11-27-self-check', class: SelfCheck },
];
