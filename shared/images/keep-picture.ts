import { rm } from 'node:fs/promises';
import { invalidField } from '../kernel/errors.ts';
import type { UploadedFile } from '../protocol/define.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { ImageFiles, ImageProcessor } from './image-processor.ts';

/** A picture in the store: the keys of its sizes, hash and length of the file it was made from, pixels of `full`. */
export interface KeptPicture {
  sha256: string;
  bytes: number;
  width: number;
  height: number;
  fullKey: string;
  webKey: string;
  thumbKey: string;
}

interface PictureDeps {
  images: Pick<ImageProcessor, 'process'>;
  store: ObjectStore;
}

/**
 * Decodes an uploaded picture in a child and lends its sizes to `use` as files, which are gone afterwards unless the
 * store took them over.
 * @throws InvalidInput `UPLOAD_DAMAGED` when the file is not the one that was received
 * @throws AppError what the image processor refuses
 */
export const withPicture = <Result>(
  { images, store }: PictureDeps,
  { uploadKey, sha256 }: UploadedFile,
  use: (files: ImageFiles) => Promise<Result>,
): Promise<Result> =>
  store.withLocalFile(uploadKey, async (path) => {
    const files = await images.process(path, store.partsFolder);
    try {
      if (files.original.sha256 !== sha256) throw invalidField('file', 'UPLOAD_DAMAGED', 'The file changed on its way');
      return await use(files);
    } finally {
      await Promise.all([files.full, files.web, files.thumb].map((file) => rm(file.path, { force: true })));
    }
  });

/**
 * Keeps the sizes of an uploaded picture under their hashes, below `prefix`.
 * @throws InvalidInput, AppError like {@link withPicture}
 */
export const keepPicture = (deps: PictureDeps, file: UploadedFile, prefix: string): Promise<KeptPicture> =>
  withPicture(deps, file, async ({ original: { sha256, bytes }, full, web, thumb }) => {
    const keys = await Promise.all(
      [full, web, thumb].map(async (rendition) => (await deps.store.keepContent(prefix, rendition, 'jpg')).key),
    );
    const [fullKey, webKey, thumbKey] = keys as [string, string, string];
    return { sha256, bytes, width: full.width, height: full.height, fullKey, webKey, thumbKey };
  });
