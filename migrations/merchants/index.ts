import type { History } from '../../shared/persistence/migrate.ts';
import { Merchants } from './2026-11-21-merchants.ts';
import { Notes } from './2026-11-24-notes.ts';
import { ReturnPolicies } from './2026-11-24-return-policy.ts';
import { StorageTerms } from './2026-11-27-storage-terms.ts';
import { InvoiceDelivery } from './2026-12-05-invoice-delivery.ts';
import { VatChecks } from './2026-12-06-vat-checks.ts';
import { DatedTaxes } from './2026-12-11-dated-taxes.ts';
import { VatChecksByKeys } from './2026-12-13-vat-checks-by-keys.ts';

export const merchantsMigrations: History['migrations'] = [
  { name: '2026-11-21-merchants', class: Merchants },
  { name: '2026-11-24-return-policy', class: ReturnPolicies },
  { name: '2026-11-24-notes', class: Notes },
  { name: '2026-11-27-storage-terms', class: StorageTerms },
  { name: '2026-12-05-invoice-delivery', class: InvoiceDelivery },
  { name: '2026-12-06-vat-checks', class: VatChecks },
  { name: '2026-12-11-dated-taxes', class: DatedTaxes },
  { name: '2026-12-13-vat-checks-by-keys', class: VatChecksByKeys },
];
