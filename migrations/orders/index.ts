import { Orders } from './2026-11-22-orders.ts';
import { Articles } from './2026-11-24-articles.ts';
import { ListIndexes } from './2026-11-25-list-indexes.ts';
import { StockBookings } from './2026-11-27-stock-bookings.ts';
import { SpecialJobs } from './2026-11-28-special-jobs.ts';
import { ShipmentCorrections } from './2026-11-28-shipment-corrections.ts';
import { GoodsIn } from './2026-11-28-goods-in.ts';
import { CarrierInvoices } from './2026-11-28-carrier-invoices.ts';
import { CarrierCorrections } from './2026-11-29-carrier-corrections.ts';
import { ShipmentSearch } from './2026-11-29-shipment-search.ts';
import { CarrierInvoiceIdentity } from './2026-12-03-carrier-invoice-identity.ts';

export const ordersMigrations = [
  { name: '2026-11-22-orders', class: Orders },
  { name: '2026-11-24-articles', class: Articles },
  { name: '2026-11-25-list-indexes', class: ListIndexes },
  { name: '2026-11-27-stock-bookings', class: StockBookings },
  { name: '2026-11-28-special-jobs', class: SpecialJobs },
  { name: '2026-11-28-shipment-corrections', class: ShipmentCorrections },
  { name: '2026-11-28-goods-in', class: GoodsIn },
  { name: '2026-11-28-carrier-invoices', class: CarrierInvoices },
  { name: '2026-11-29-carrier-corrections', class: CarrierCorrections },
  { name: '2026-11-29-shipment-search', class: ShipmentSearch },
  { name: '2026-12-03-carrier-invoice-identity', class: CarrierInvoiceIdentity },
];
