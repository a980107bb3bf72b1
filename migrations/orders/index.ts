import { Orders } from './2026-11-22-orders.ts';
import { Articles } from './2026-11-24-articles.ts';

export const ordersMigrations = [
  { name: '2026-11-22-orders', class: Orders },
  { name: '2026-11-24-articles', class: Articles },
];
