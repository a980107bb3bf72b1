import { openChildPool, type ChildPoolOptions } from '../../../shared/runtime/child-pool.ts';
import type { DocumentTask, MadeDocument } from './make-document.ts';

/** Makes documents away from the process that answers requests. */
export interface InvoiceRenderer {
  /**
   * Like `makeDocument`.
   * @throws AppError  422 `DOCUMENT_INVALID`, `DOCUMENT_GLYPH_MISSING`; and, worth another try, 503 `BUSY`,
   *                   `CHILD_CRASHED`, `CHILD_TIMED_OUT`
   */
  make(task: DocumentTask): Promise<MadeDocument>;
  /** Documents that are made at the same time at most; one child makes each. */
  size: number;
  close(): Promise<void>;
}

/**
 * A new child takes about two seconds of a core until fonts, schema and code are warm, which 500 documents would feel;
 * its memory is bounded by itself ({@link ChildPoolOptions.memoryLimitMb}).
 */
const DOCUMENTS_PER_CHILD = 5_000;

/** Opens the maker of documents; its children start with the first one. */
export function openInvoiceRenderer(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): InvoiceRenderer {
  const pool = openChildPool<DocumentTask, MadeDocument>({
    ...{ module: new URL('./render-child.ts', import.meta.url), title: 'kontor-invoices' },
    ...{ maxTasks: DOCUMENTS_PER_CHILD, ...options },
  });
  return { make: (task) => pool.run(task), size: pool.size, close: () => pool.close() };
}
