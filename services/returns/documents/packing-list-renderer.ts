import { openChildPool, type ChildPoolOptions } from '../../../shared/runtime/child-pool.ts';
import type { PackingList } from './packing-list-model.ts';

/** Draws packing lists away from the process that answers requests: many photos take their time. */
export interface PackingListRenderer {
  /**
   * Same list, same bytes, as `renderPackingList`.
   * @throws AppError  422 `DOCUMENT_GLYPH_MISSING`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`,
   *                   `CHILD_TIMED_OUT`
   */
  render(list: PackingList): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the renderer of packing lists; its children start with the first one. */
export function openPackingListRenderer(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): PackingListRenderer {
  const module = new URL('./render-child.ts', import.meta.url);
  const pool = openChildPool<PackingList, Uint8Array>({ ...options, module, title: 'kontor-packing-lists' });
  return { render: async (list) => Buffer.from(await pool.run(list)), close: () => pool.close() };
}
