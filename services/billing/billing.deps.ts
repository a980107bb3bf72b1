import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { openInvoiceRenderer, type InvoiceRenderer } from './documents/invoice-renderer.ts';
import type { RuleCache } from './persistence/rate-book.ts';

export interface BillingDeps extends BaseDeps {
  /** Rules of versions read so far; versions never change. */
  rules: RuleCache;
  /** Draws documents in child processes. */
  invoices: InvoiceRenderer;
}

export async function billingDeps(platform: Platform): Promise<BillingDeps> {
  const base = await baseDeps(platform, 'billing', []);
  const invoices = openInvoiceRenderer();
  return {
    ...base,
    rules: new Map(),
    invoices,
    close: async () => {
      await invoices.close();
      await base.close();
    },
  };
}
