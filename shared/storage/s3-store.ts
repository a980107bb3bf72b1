import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { assertFolder, assertKey, assertKeyOrDestroy, contentKey, keyOfContent } from './keys.ts';
import {
  fileNotFound,
  payloadTooLarge,
  storageFull,
  storageUnavailable,
  type ListedObject,
  type ObjectStore,
  type PutOptions,
  type StoredObject,
} from './object-store.ts';
import { discardPartFiles, writePartFile, type PartFile } from './part-file.ts';

export interface S3Location {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Folder for uploads on their way to the store; its own folder below the system's temporary one by default. */
  partsFolder?: string;
}

/**
 * Files in a bucket of any S3 store. A stream is first written to a part file: S3 wants the length beforehand, and an
 * upload that breaks, grows too large or fails must never begin to be visible.
 */
export function s3Store(location: S3Location): ObjectStore {
  // a folder per account: another one's is closed to us
  const { bucket, partsFolder = join(tmpdir(), `kontor-parts-${process.getuid?.() ?? 'own'}`) } = location;
  const client = connect(location);
  const at = (key: string): ObjectAddress => {
    assertKey(key);
    return { Bucket: bucket, Key: key };
  };

  return {
    put: (key, body, options) => putAny(client, bucket, partsFolder, key, body, options),
    async putContent(prefix, body, extension) {
      const stored = { ...contentKey(prefix, body, extension), bytes: body.length };
      if ((await sizeOf(client, at(stored.key))) === stored.bytes) return stored;
      return putBytes(client, bucket, body, stored);
    },
    async keepContent(prefix, part, extension) {
      try {
        const stored = { key: keyOfContent(prefix, part.sha256, extension), bytes: part.bytes, sha256: part.sha256 };
        const known = (await sizeOf(client, at(stored.key))) === stored.bytes;
        return known ? stored : await putPart(client, bucket, part, stored);
      } finally {
        await rm(part.path, { force: true });
      }
    },
    partsFolder,
    async withLocalFile(key, use) {
      const { path } = await writePartFile(partsFolder, (await open(client, at(key))).stream);
      try {
        return await use(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    get: async (key) => open(client, at(key)),
    read: async (key) => Buffer.concat(await (await open(client, at(key))).stream.toArray()),
    has: async (key) => (await sizeOf(client, at(key))) !== undefined,
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key))).catch(rethrow);
    },
    list(folder) {
      assertFolder(folder);
      return listPages(client, bucket, folder === '' ? '' : `${folder}/`);
    },
    discardUnfinished: (olderThan) => discardPartFiles(partsFolder, olderThan),
    close: async () => client.destroy(),
  };
}

interface ObjectAddress {
  Bucket: string;
  Key: string;
}

async function putAny(
  client: S3Client,
  bucket: string,
  partsFolder: string,
  key: string,
  body: Readable | Uint8Array,
  options: PutOptions = {},
): Promise<StoredObject> {
  assertKeyOrDestroy(key, body);
  if (body instanceof Uint8Array) {
    if (body.length > (options.limitBytes ?? Infinity)) throw payloadTooLarge(options.limitBytes!);
    options.signal?.throwIfAborted();
    const sha256 = createHash('sha256').update(body).digest('hex');
    return putBytes(client, bucket, body, { key, bytes: body.length, sha256 }, options.signal);
  }
  const part = await writePartFile(partsFolder, body, options);
  try {
    return await putPart(client, bucket, part, { key, bytes: part.bytes, sha256: part.sha256 }, options.signal);
  } finally {
    await rm(part.path, { force: true });
  }
}

async function putPart(
  client: S3Client,
  bucket: string,
  { path }: PartFile,
  stored: StoredObject,
  signal?: AbortSignal,
): Promise<StoredObject> {
  const stream = createReadStream(path);
  try {
    return await putBytes(client, bucket, stream, stored, signal);
  } finally {
    stream.destroy();
  }
}

async function putBytes(
  client: S3Client,
  Bucket: string,
  Body: Readable | Uint8Array,
  stored: StoredObject,
  signal?: AbortSignal,
): Promise<StoredObject> {
  const ChecksumSHA256 = Buffer.from(stored.sha256, 'hex').toString('base64');
  const command = new PutObjectCommand({ Bucket, Key: stored.key, Body, ContentLength: stored.bytes, ChecksumSHA256 });
  await client.send(command, signal ? { abortSignal: signal } : {}).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : fromS3(error);
  });
  return stored;
}

async function open(client: S3Client, address: ObjectAddress): Promise<{ stream: Readable; bytes: number }> {
  const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(address)).catch(rethrow);
  return { stream: Body as Readable, bytes: ContentLength };
}

async function sizeOf(client: S3Client, address: ObjectAddress): Promise<number | undefined> {
  try {
    return (await client.send(new HeadObjectCommand(address))).ContentLength ?? 0;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fromS3(error);
  }
}

const silent = (): void => undefined;

const connect = ({ endpoint, region, accessKeyId, secretAccessKey }: S3Location): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    // The newer default, a checksum trailing the body, is unknown to many S3 stores: they keep it as part of the file.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Failures are thrown and reported by whoever called; without a logger the client also writes them to the console.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });

async function* listPages(client: S3Client, Bucket: string, Prefix: string): AsyncGenerator<ListedObject> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken ? { ContinuationToken } : {}) });
    const page = await client.send(command).catch(rethrow);
    for (const { Key, Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, bytes: Size, modifiedAt: LastModified };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

const isMissing = (error: unknown): boolean =>
  statusOf(error) === 404 && (error as { name?: string }).name !== 'NoSuchBucket';

/** A bucket that is missing or refuses us is a mistake of the set-up, so those errors stay what they are. */
function fromS3(error: unknown): unknown {
  const status = statusOf(error);
  if (isMissing(error)) return fileNotFound();
  if (status === 507) return storageFull();
  return status === undefined || status >= 500 ? storageUnavailable() : error;
}

const rethrow = (error: unknown): never => {
  throw fromS3(error);
};
