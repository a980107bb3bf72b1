import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { assertFolder, assertKey, assertKeyOrDestroy, contentKey, keyOfContent } from './keys.ts';
import {
  fileNotFound,
  type ListedObject,
  type ObjectStore,
  type PutOptions,
  type StoredObject,
} from './object-store.ts';
import { discardPartFiles, fromFileSystem, ifMissing, writePartFile, type PartFile } from './part-file.ts';

/** No key begins with a dot, so the folder of unfinished files can never be read, listed or overwritten. */
const PARTS = '.parts';

/**
 * Files in a folder of this machine, or of a volume that all services mount. Unfinished files lie in the same file
 * system, because only there a rename is atomic. A key can not also be the folder of another key.
 * @param root  made when it is missing; readable by its owner only
 */
export function diskStore(root: string): ObjectStore {
  const base = resolve(root);
  const pathOf = (key: string): string => {
    assertKey(key);
    return join(base, key);
  };
  const put = (key: string, body: Readable | Uint8Array, options?: PutOptions): Promise<StoredObject> =>
    putFile(base, key, body, options);

  return {
    put,
    async putContent(prefix, body, extension) {
      const { key, sha256 } = contentKey(prefix, body, extension);
      const found = await stat(pathOf(key)).catch(ifMissing(undefined));
      return found?.size === body.length ? { key, bytes: body.length, sha256 } : put(key, body);
    },
    get: async (key) => openFile(pathOf(key)),
    async read(key) {
      const { stream } = await openFile(pathOf(key));
      return Buffer.concat(await stream.toArray());
    },
    async withLocalFile(key, use) {
      const path = pathOf(key);
      if (!(await stat(path).catch(ifMissing(undefined)))?.isFile()) throw fileNotFound();
      return use(path);
    },
    async keepContent(prefix, part, extension) {
      try {
        const key = keyOfContent(prefix, part.sha256, extension);
        const found = await stat(pathOf(key)).catch(ifMissing(undefined));
        if (found?.size !== part.bytes) await moveInto(pathOf(key), part);
        return { key, bytes: part.bytes, sha256: part.sha256 };
      } finally {
        await rm(part.path, { force: true });
      }
    },
    partsFolder: join(base, PARTS),
    has: async (key) => (await stat(pathOf(key)).catch(ifMissing(undefined)))?.isFile() ?? false,
    remove: async (key) => rm(pathOf(key)).catch(ifMissing(undefined)),
    list(folder) {
      assertFolder(folder);
      return filesBelow(base, join(base, folder));
    },
    discardUnfinished: (olderThan) => discardPartFiles(join(base, PARTS), olderThan),
    close: async () => undefined,
  };
}

async function putFile(
  base: string,
  key: string,
  body: Readable | Uint8Array,
  options?: PutOptions,
): Promise<StoredObject> {
  assertKeyOrDestroy(key, body);
  const part = await writePartFile(join(base, PARTS), body, options);
  await moveInto(join(base, key), part);
  return { key, bytes: part.bytes, sha256: part.sha256 };
}

async function moveInto(target: string, part: PartFile): Promise<void> {
  try {
    const firstMade = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(part.path, target);
    await syncFolders(dirname(target), firstMade ? dirname(firstMade) : dirname(target));
  } catch (error) {
    await rm(part.path, { force: true });
    throw fromFileSystem(error);
  }
}

/** A rename survives a power failure only when the folder, and every folder made for it, is flushed as well. */
async function syncFolders(from: string, to: string): Promise<void> {
  for (let folder = from; ; folder = dirname(folder)) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === to) return;
  }
}

async function openFile(path: string): Promise<{ stream: Readable; bytes: number }> {
  const handle = await open(path, 'r').catch(ifMissing(undefined));
  if (!handle) throw fileNotFound();
  const found = await handle.stat();
  if (found.isFile()) return { stream: handle.createReadStream(), bytes: found.size };
  await handle.close();
  throw fileNotFound();
}

async function* filesBelow(base: string, folder: string): AsyncGenerator<ListedObject> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifMissing([]));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* filesBelow(base, path);
    const found = entry.isFile() ? await stat(path).catch(ifMissing(undefined)) : undefined;
    if (found) {
      yield { key: relative(base, path).replaceAll('\\', '/'), bytes: found.size, modifiedAt: found.mtime };
    }
  }
}
