import type { Readable } from 'node:stream';
import { AppError, NotFound } from '../kernel/errors.ts';
import type { PartFile } from './part-file.ts';

/** What is known of a file once it is stored. `sha256` is lower-case hex over the bytes as stored. */
export interface StoredObject {
  key: string;
  bytes: number;
  sha256: string;
}

export interface ListedObject {
  key: string;
  bytes: number;
  modifiedAt: Date;
}

export interface PutOptions {
  /** Most bytes to accept; one more fails with 413 `PAYLOAD_TOO_LARGE`. */
  limitBytes?: number;
  /** Aborting it ends the upload, even one whose stream never says anything again. */
  signal?: AbortSignal;
}

/**
 * Where all files live. The only way a file moves between services (architecture.md, Files).
 * Every method throws 422 `FILE_KEY_INVALID` for a key that breaks the rules of `keys.ts`, and 503
 * `STORAGE_UNAVAILABLE` or 507 `STORAGE_FULL` when the store itself cannot serve; both may be tried again.
 */
export interface ObjectStore {
  /**
   * Stores a file under a key, replacing what was there. All or nothing: until it is complete and on stable storage
   * nobody sees it, and whatever fails leaves nothing behind. A stream is destroyed on failure, so a request whose
   * socket must survive for the answer is piped through a `PassThrough` first.
   */
  put(key: string, body: Readable | Uint8Array, options?: PutOptions): Promise<StoredObject>;
  /** Stores bytes under their own hash, `prefix/ab/abcd….ext`. Repeating it is free and changes nothing. */
  putContent(prefix: string, body: Uint8Array, extension: string): Promise<StoredObject>;
  /**
   * Like {@link putContent} for a part file that was written here, which is taken away in every case. So a child
   * process can make a large file that never passes through this one.
   */
  keepContent(prefix: string, part: PartFile, extension: string): Promise<StoredObject>;
  /** A folder of this machine for part files (`writePartFile`), made with the first of them. */
  partsFolder: string;
  /** Opens a file. Read the stream to its end or destroy it. @throws NotFound `FILE_NOT_FOUND` */
  get(key: string): Promise<{ stream: Readable; bytes: number }>;
  /** The whole file. @throws NotFound `FILE_NOT_FOUND` */
  read(key: string): Promise<Buffer>;
  /**
   * Lends the file to a program that wants a path on this machine. It may be read, and only until `use` has ended.
   * @throws NotFound `FILE_NOT_FOUND`
   */
  withLocalFile<Result>(key: string, use: (path: string) => Promise<Result>): Promise<Result>;
  has(key: string): Promise<boolean>;
  /** Removes a file; one that is not there counts as removed. */
  remove(key: string): Promise<void>;
  /** All files below a folder (`incoming`, or `` for everything), in no particular order. */
  list(folder: string): AsyncIterable<ListedObject>;
  /** Removes what killed processes left of uploads begun before `olderThan`; returns how many. */
  discardUnfinished(olderThan: Date): Promise<number>;
  close(): Promise<void>;
}

export const fileNotFound = (): NotFound => new NotFound('file');

export const storageFull = (): AppError => new AppError(507, 'STORAGE_FULL', 'There is no room left to store the file');

export const storageUnavailable = (): AppError =>
  new AppError(503, 'STORAGE_UNAVAILABLE', 'The file storage does not answer at the moment');

export const payloadTooLarge = (limitBytes: number): AppError =>
  new AppError(413, 'PAYLOAD_TOO_LARGE', `The file is larger than ${limitBytes} bytes`, { limitBytes });
