import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError } from '../kernel/errors.ts';

/** Lower case only, so that keys mean the same on file systems that ignore case. */
const KEY = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const LONGEST_KEY = 512;
const LONGEST_SEGMENT = 200;

/**
 * Refuses whatever is not a plain relative key: segments of `a-z 0-9 . _ -` that begin with a letter or digit.
 * @throws AppError 422 `FILE_KEY_INVALID`
 */
export function assertKey(key: string): void {
  const valid =
    typeof key === 'string' &&
    key.length <= LONGEST_KEY &&
    KEY.test(key) &&
    !key.includes('..') &&
    key.split('/').every((segment) => segment.length <= LONGEST_SEGMENT);
  if (!valid) throw new AppError(422, 'FILE_KEY_INVALID', 'The name of the file is not valid');
}

/** Like {@link assertKey}, and lets no stream wait for a reader that will not come. */
export function assertKeyOrDestroy(key: string, body: Readable | Uint8Array): void {
  try {
    assertKey(key);
  } catch (error) {
    if (!(body instanceof Uint8Array)) body.on('error', () => undefined).destroy();
    throw error;
  }
}

/** Like {@link assertKey}; the empty folder is the whole store. */
export function assertFolder(folder: string): void {
  if (folder !== '') assertKey(folder);
}

/** The key of bytes stored by their hash. Two hex digits of fan-out keep folders of a million files at 4,000 entries. */
export function contentKey(prefix: string, body: Uint8Array, extension: string): { key: string; sha256: string } {
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { key: keyOfContent(prefix, sha256, extension), sha256 };
}

/** The key of content whose hash is known. */
export function keyOfContent(prefix: string, sha256: string, extension: string): string {
  const key = `${prefix}/${sha256.slice(0, 2)}/${sha256}.${extension}`;
  assertKey(key);
  return key;
}
