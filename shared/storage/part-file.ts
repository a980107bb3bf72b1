import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { payloadTooLarge, storageFull, type PutOptions } from './object-store.ts';

/** A complete file that nobody else knows of yet: to be renamed or sent, then removed. */
export interface PartFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * Writes a body into a new file of `folder`, counting and hashing, and waits until it is on stable storage.
 * Whatever fails, the file is gone and the stream destroyed.
 * @throws AppError 413 `PAYLOAD_TOO_LARGE`, 507 `STORAGE_FULL`; the abort reason; the stream's own error
 */
export async function writePartFile(
  folder: string,
  body: Readable | Uint8Array,
  options: PutOptions = {},
): Promise<PartFile> {
  const stream = body instanceof Uint8Array ? undefined : body;
  // A stream that breaks before it is read must not become an uncaught error; reading it later still fails.
  stream?.on('error', () => undefined);
  const path = join(folder, `${randomUUID()}.part`);
  try {
    options.signal?.throwIfAborted();
    if (stream && options.signal) addAbortSignal(options.signal, stream);
    const file = await openNew(folder, path);
    try {
      const written = await copy(stream ?? [body as Uint8Array], file, options);
      await file.sync();
      return { path, ...written };
    } finally {
      await file.close();
    }
  } catch (error) {
    stream?.destroy();
    await rm(path, { force: true });
    throw options.signal?.aborted ? options.signal.reason : fromFileSystem(error);
  }
}

/** Removes part files last written before `olderThan`; returns how many. */
export async function discardPartFiles(folder: string, olderThan: Date): Promise<number> {
  let discarded = 0;
  for (const name of await readdir(folder).catch(ifMissing([]))) {
    const path = join(folder, name);
    const found = await stat(path).catch(ifMissing(undefined));
    if (!name.endsWith('.part') || !found || found.mtime >= olderThan) continue;
    await rm(path, { force: true });
    discarded++;
  }
  return discarded;
}

/** Turns "no such file or folder" into a value, for `catch`; other errors stay errors. */
export const ifMissing =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return value;
    throw error;
  };

/** A full disk or an exhausted quota is an expected failure; everything else is passed on. */
export function fromFileSystem(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? storageFull() : error;
}

async function openNew(folder: string, path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return open(path, 'wx', 0o600);
  }
}

async function copy(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
  file: FileHandle,
  { limitBytes = Infinity, signal }: PutOptions,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    bytes += data.length;
    if (bytes > limitBytes) throw payloadTooLarge(limitBytes);
    hash.update(data);
    await file.writeFile(data);
    signal?.throwIfAborted();
  }
  return { bytes, sha256: hash.digest('hex') };
}
