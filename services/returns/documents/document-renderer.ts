import { openChildPool, type ChildPoolOptions } from '../../../shared/runtime/child-pool.ts';
import type { LabelSheet } from './label-model.ts';
import type { PackingList } from './packing-list-model.ts';
import type { PictureLabel } from './picture-label.ts';
import type { ReturnSlip } from './return-slip-model.ts';

/** What the children draw. */
export type Drawing =
  | { kind: 'packingList'; list: PackingList }
  | { kind: 'labels'; labels: LabelSheet }
  | { kind: 'pictureLabel'; label: PictureLabel }
  | { kind: 'returnSlip'; slip: ReturnSlip };

/** Draws documents away from the process that answers requests: many photos take their time. */
export interface DocumentRenderer {
  /**
   * The same content gives the same bytes.
   * @throws AppError  422 `DOCUMENT_GLYPH_MISSING`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`,
   *                   `CHILD_TIMED_OUT`
   */
  render(drawing: Drawing): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the renderer of packing lists, labels and slips; its children start with the first one. */
export function openDocumentRenderer(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): DocumentRenderer {
  const module = new URL('./render-child.ts', import.meta.url);
  const pool = openChildPool<Drawing, Uint8Array>({ ...options, module, title: 'kontor-return-papers' });
  return { render: async (drawing) => Buffer.from(await pool.run(drawing)), close: () => pool.close() };
}
