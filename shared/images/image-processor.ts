import { openChildPool, type ChildPoolOptions } from '../runtime/child-pool.ts';
import type { ProcessedImage } from './render.ts';

export type { ProcessedImage, Rendition } from './render.ts';

export interface ImageProcessor {
  /**
   * Turns an uploaded file into renditions that are safe to keep and serve. The file is decoded in a child process,
   * so whatever it does to the decoder, this process is untouched.
   * @param source  the bytes, or the path of a file, which is cheaper
   * @throws AppError  415 `IMAGE_TYPE_NOT_SUPPORTED`; 422 `FILE_EMPTY`, `IMAGE_TOO_LARGE`, `IMAGE_ANIMATED`,
   *                   `IMAGE_DAMAGED`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`, `CHILD_TIMED_OUT`,
   *                   `IMAGE_TIMED_OUT`
   */
  process(source: Uint8Array | string): Promise<ProcessedImage>;
  close(): Promise<void>;
}

/** Opens the decoder of photos; its children start with the first photo. */
export function openImageProcessor(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): ImageProcessor {
  const module = new URL('./image-child.ts', import.meta.url);
  const pool = openChildPool<Uint8Array | string, ProcessedImage>({ ...options, module, title: 'kontor-images' });
  return { process: (source) => pool.run(source), close: () => pool.close() };
}
