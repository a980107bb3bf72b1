import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import S3rver from 's3rver';
import { openObjectStore } from '../../../shared/storage/open-store.ts';
import { s3Store } from '../../../shared/storage/s3-store.ts';
import { all, objectStoreContract } from './object-store.contract.ts';

const directory = mkdtempSync(join(tmpdir(), 'kontor-s3-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: 'kontor', configs: [] }],
});
let port: number;

beforeAll(async () => {
  port = (await server.run()).port;
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

objectStoreContract('S3 store', async () => {
  const partsFolder = mkdtempSync(join(tmpdir(), 'kontor-s3-parts-'));
  const store = s3Store({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'kontor',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    partsFolder,
  });
  return {
    store,
    unfinished: () => readdir(partsFolder),
    stop: async () => {
      await store.close();
      await rm(partsFolder, { recursive: true });
    },
  };
});

test('a URL opens the store in its bucket', async () => {
  const store = await openObjectStore(`s3://S3RVER:S3RVER@127.0.0.1:${port}/kontor?region=us-east-1&tls=false`);
  await store.put('by/url', Buffer.from('found'));
  expect((await store.read('by/url')).toString()).toBe('found');
  await store.close();
});

test('a listing is followed to its last page', async () => {
  const asked: (string | null)[] = [];
  const pages = createServer((request, response) => {
    const token = new URL(request.url!, 'http://pages').searchParams.get('continuation-token');
    asked.push(token);
    const key = token === null ? 'many/1' : 'many/2';
    const next = token === null ? '<NextContinuationToken>more of it=</NextContinuationToken>' : '';
    response.setHeader('content-type', 'application/xml');
    response.end(
      `<ListBucketResult><Contents><Key>${key}</Key><Size>7</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>${next}</ListBucketResult>`,
    );
  });
  await once(pages.listen(0, '127.0.0.1'), 'listening');
  const store = await openObjectStore(
    `s3://key:secret@127.0.0.1:${(pages.address() as AddressInfo).port}/kontor?tls=false`,
  );
  const modifiedAt = new Date('2026-01-02T03:04:05Z');
  expect(await all(store.list('many'))).toEqual([
    { key: 'many/1', bytes: 7, modifiedAt },
    { key: 'many/2', bytes: 7, modifiedAt },
  ]);
  expect(asked).toEqual([null, 'more of it=']);
  await store.close();
  pages.close();
});

test('a store that does not answer is unavailable, a wrong bucket is a mistake of the set-up', async () => {
  const nobody = await openObjectStore('s3://key:secret@127.0.0.1:9/kontor?tls=false');
  const unavailable = { code: 503, type: 'STORAGE_UNAVAILABLE' };
  await expect(nobody.put('a', Buffer.from('x'))).rejects.toMatchObject(unavailable);
  await expect(nobody.put('a', Readable.from(['x']))).rejects.toMatchObject(unavailable);
  await expect(nobody.read('a')).rejects.toMatchObject(unavailable);
  await nobody.close();
  const wrong = await openObjectStore(`s3://S3RVER:S3RVER@127.0.0.1:${port}/no-such-bucket?tls=false`);
  await expect(wrong.read('a')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await wrong.close();
});
