import { createHash } from 'node:crypto';
import { hasType } from '../../../shared/kernel/errors.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import type { ArchivedFile } from './archived-documents.ts';

/** How a file that was read differs from what was archived, if it does. */
export function differenceOf(
  archived: Pick<ArchivedFile, 'sha256' | 'bytes'>,
  found: { sha256: string; bytes: number },
): string | undefined {
  if (archived.bytes !== null && found.bytes !== archived.bytes)
    return `has ${found.bytes} bytes, archived were ${archived.bytes}`;
  return found.sha256 === archived.sha256 ? undefined : 'is not what was archived: another hash';
}

/** Proves a file of any size by its bytes, piece by piece. @returns what differs, if anything does */
export async function verifyFile(store: Pick<ObjectStore, 'get'>, file: ArchivedFile): Promise<string | undefined> {
  try {
    const { stream } = await store.get(file.key);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return differenceOf(file, { sha256: hash.digest('hex'), bytes });
  } catch (error) {
    if (hasType(error, 'FILE_NOT_FOUND')) return 'is missing';
    throw error;
  }
}
