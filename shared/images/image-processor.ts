import { openChildPool, type ChildPoolOptions } from '../runtime/child-pool.ts';
import type { PartFile } from '../storage/part-file.ts';
import type { ProcessedImage } from './render.ts';

/** A rendition as a file that nobody else knows of yet. */
export type RenditionFile = PartFile & { width: number; height: number };

export interface ImageFiles extends Record<'full' | 'web' | 'thumb', RenditionFile> {
  original: ProcessedImage['original'];
}

/** What a child is told: paths only, so that no picture passes through the process that serves requests. */
export interface ImageTask {
  path: string;
  folder: string;
}

export interface ImageProcessor {
  /**
   * Turns an uploaded file into renditions that are safe to keep and serve. The file is decoded in a child process,
   * so whatever it does to the decoder, this process is untouched.
   * @param path    of the file
   * @param folder  for the renditions, which are the caller's to keep or remove; none is left by a failure, and a
   *                child that is killed leaves at most `.part` files
   * @throws AppError  415 `IMAGE_TYPE_NOT_SUPPORTED`; 422 `FILE_EMPTY`, `IMAGE_TOO_LARGE`, `IMAGE_ANIMATED`,
   *                   `IMAGE_DAMAGED`; 507 `STORAGE_FULL`; and, worth another try, 503 `BUSY`, `CHILD_CRASHED`,
   *                   `CHILD_TIMED_OUT`, `IMAGE_TIMED_OUT`
   */
  process(path: string, folder: string): Promise<ImageFiles>;
  close(): Promise<void>;
}

/** Opens the decoder of photos; its children start with the first photo. */
export function openImageProcessor(options: Omit<ChildPoolOptions, 'module' | 'title'> = {}): ImageProcessor {
  const module = new URL('./image-child.ts', import.meta.url);
  const pool = openChildPool<ImageTask, ImageFiles>({ ...options, module, title: 'kontor-images' });
  return { process: (path, folder) => pool.run({ path, folder }), close: () => pool.close() };
}
