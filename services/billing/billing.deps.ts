import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { openImageProcessor, type ImageProcessor } from '../../shared/images/image-processor.ts';
import { openInvoiceRenderer, type InvoiceRenderer } from './documents/invoice-renderer.ts';
import { openLetterRenderer, type LetterRenderer } from './documents/dunning/letter-renderer.ts';
import type { RuleCache } from './persistence/rate-book.ts';

export interface BillingDeps extends BaseDeps {
  /** Rules of versions read so far; versions never change. */
  rules: RuleCache;
  /** Draws documents in child processes. */
  invoices: InvoiceRenderer;
  /** Draws dunning letters in child processes. */
  letters: LetterRenderer;
  /** Decodes the logo. */
  images: Pick<ImageProcessor, 'process'>;
}

/** A node draws so many documents at a time, whatever its cores: a hundred children would want gigabytes of memory. */
const DOCUMENTS_AT_ONCE = 2;

export async function billingDeps(platform: Platform): Promise<BillingDeps> {
  const base = await baseDeps(platform, 'billing', []);
  const invoices = openInvoiceRenderer({ size: DOCUMENTS_AT_ONCE });
  const letters = openLetterRenderer();
  const images = openImageProcessor();
  return {
    ...base,
    rules: new Map(),
    invoices,
    letters,
    images,
    close: async () => {
      await invoices.close();
      await letters.close();
      await images.close();
      await base.close();
    },
  };
}
