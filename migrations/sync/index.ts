import { Sync } from './2026-11-23-sync.ts';
import { SelfCheck } from './2026-11-27-self-check.ts';
import { CancelledShipments } from './2026-11-29-cancelled-shipments.ts';

export const syncMigrations = [
  { name: '2026-11-23-sync', class: Sync },
  { name: '2026-11-27-self-check', class: SelfCheck },
  { name: '2026-11-29-cancelled-shipments', class: CancelledShipments },
];
