import { openChildPool, type ChildPoolOptions } from '../../../shared/runtime/child-pool.ts';
import type { InvoiceModel } from './invoice-model.ts';

/** Draws invoices away from the process that answers requests. */
export interface InvoiceRenderer {
  /**
   * Same model, same bytes, as `renderInvoice`.
   * @throws AppError  422 `DOCUMENT_GLYPH_MISSING`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`,
   *                   `CHILD_TIMED_OUT`
   */
  render(model: InvoiceModel): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the renderer of invoices; its children start with the first one. */
export function openInvoiceRenderer(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): InvoiceRenderer {
  const module = new URL('./render-child.ts', import.meta.url);
  const pool = openChildPool<InvoiceModel, Uint8Array>({ ...options, module, title: 'kontor-invoices' });
  return { render: async (model) => Buffer.from(await pool.run(model)), close: () => pool.close() };
}
