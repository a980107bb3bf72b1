import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../../../shared/storage/object-store.ts';
import type { Logo } from '../../persistence/issuer.ts';

/**
 * The bytes of the logo that the content of a document names.
 * @throws Error when the logo in the store is not that one
 */
export async function archivedLogo(store: Pick<ObjectStore, 'read'>, { objectKey, sha256 }: Logo): Promise<Uint8Array> {
  const bytes = await store.read(objectKey);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error(`The logo ${objectKey} is not what was stored`);
  return bytes;
}
