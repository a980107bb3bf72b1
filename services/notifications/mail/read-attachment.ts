import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { Undeliverable } from '../domain/verdict.ts';
import type { Attachment } from '../templates/template.ts';

/**
 * The bytes of an attachment, checked against the hash that was announced: the wrong invoice never leaves.
 * @throws Undeliverable  the file is another one; NotFound, or 503 when the store is away, may be tried again
 */
export async function readAttachment(store: ObjectStore, { objectKey, filename, sha256 }: Attachment): Promise<Buffer> {
  const bytes = await store.read(objectKey);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Undeliverable(`The attached file ${filename} is not the one that was announced`);
  return bytes;
}
