import { openChildPool, type ChildPoolOptions } from '../../../../shared/runtime/child-pool.ts';
import type { LetterTask } from './render-dunning-letter.ts';

/** Draws dunning letters away from the process that answers requests. */
export interface LetterRenderer {
  /**
   * Same task, same bytes, as `renderDunningLetter`.
   * @throws AppError  422 `DOCUMENT_GLYPH_MISSING`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`,
   *                   `CHILD_TIMED_OUT`
   */
  render(task: LetterTask): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the renderer of letters; its children start with the first one. */
export function openLetterRenderer(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): LetterRenderer {
  const module = new URL('./letter-child.ts', import.meta.url);
  const pool = openChildPool<LetterTask, Uint8Array>({ ...options, module, title: 'kontor-letters' });
  return { render: async (task) => Buffer.from(await pool.run(task)), close: () => pool.close() };
}
