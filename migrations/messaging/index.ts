import { Events } from './2026-11-21-events.ts';

export const messagingMigrations = [{ name: '2026-11-21-events', class: Events }];
