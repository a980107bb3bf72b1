import { expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '../../../shared/storage/open-store.ts';

test('a file URL opens a folder, spaces and all', async () => {
  const root = mkdtempSync(join(tmpdir(), 'kontor store '));
  const store = await openObjectStore(pathToFileURL(root).href);
  await store.put('a/b', Buffer.from('x'));
  expect(await readFile(join(root, 'a/b'), 'utf8')).toBe('x');
  await rm(root, { recursive: true });
});

test.each([
  ['', /not understood/],
  ['/var/lib/files', /not understood/],
  ['file:relative/folder', /not understood/],
  ['file://host/folder', /not understood/],
  ['https://key:SECRET@host/bucket', /not understood/],
  ['s3://key:SECRET/with-slash@host/bucket', /not understood|no host|bucket|key and secret/],
  ['s3://host/bucket', /no key and secret/],
  ['s3://key@host/bucket', /no key and secret/],
  ['s3://key:SECRET@host', /one valid bucket/],
  ['s3://key:SECRET@host/bucket/folder', /one valid bucket/],
  ['s3://key:SECRET@host/bucket?tls=no', /tls=true nor tls=false/],
  ['s3://key:SECRET@host/bucket?zone=eu', /unknown option zone/],
])('%j is refused with the form that is wanted', async (url, message) => {
  const error = await openObjectStore(url).then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.message).toMatch(message);
  expect(error?.message).toContain('s3://key:secret@host:port/bucket');
  expect(error?.message).not.toContain('SECRET');
});
