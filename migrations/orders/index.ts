import { Orders } from './2026-11-22-orders.ts';

export const ordersMigrations = [{ name: '2026-11-22-orders', class: Orders }];
