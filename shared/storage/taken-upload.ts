import type { Logger } from 'pino';
import type { UploadedFile } from '../protocol/define.ts';
import type { ObjectStore } from './object-store.ts';

interface UploadDeps {
  store: Pick<ObjectStore, 'remove'>;
  log: Pick<Logger, 'warn'>;
}

/**
 * Works on a file that came with a request and removes it afterwards, however the work ended: what is kept of it is
 * kept under another key. What cannot be removed now is swept an hour later.
 */
export async function takingUpload<Result>(
  { store, log }: UploadDeps,
  { uploadKey }: Pick<UploadedFile, 'uploadKey'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } finally {
    await store.remove(uploadKey).catch((error: unknown) => log.warn({ err: error }, 'an incoming file stays'));
  }
}
