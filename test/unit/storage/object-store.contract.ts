import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyOfContent } from '../../../shared/storage/keys.ts';
import type { ListedObject, ObjectStore } from '../../../shared/storage/object-store.ts';
import { writePartFile } from '../../../shared/storage/part-file.ts';
import { sweepIncoming } from '../../../shared/storage/sweep.ts';
import { eventually, openFiles } from '../../support/open-files.ts';

export interface StoreUnderTest {
  store: ObjectStore;
  /** Names of files that unfinished uploads have left. */
  unfinished: () => Promise<string[]>;
  stop: () => Promise<void>;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inPieces = (bytes: Buffer, size = 10_000): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
export const all = (items: AsyncIterable<ListedObject>): Promise<ListedObject[]> => Readable.from(items).toArray();

/** What every object store must do. */
export function objectStoreContract(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let subject: StoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      subject = await start();
      store = subject.store;
    });
    afterAll(() => subject.stop());

    test('a stream is stored with its length and hash and read back byte for byte', async () => {
      const body = randomBytes(300_000);
      const stored = await store.put('a/stream.bin', inPieces(body));
      expect(stored).toEqual({ key: 'a/stream.bin', bytes: 300_000, sha256: sha256(body) });
      const { stream, bytes } = await store.get('a/stream.bin');
      expect(bytes).toBe(300_000);
      expect(Buffer.concat(await stream.toArray()).equals(body)).toBe(true);
      expect((await store.read('a/stream.bin')).equals(body)).toBe(true);
    });

    test('bytes, also none at all, are stored and replaced', async () => {
      await store.put('a/bytes', Buffer.from('first'));
      await store.put('a/bytes', Buffer.alloc(0));
      expect((await store.read('a/bytes')).length).toBe(0);
      await store.put('a/bytes', new Uint8Array([1, 2, 3]));
      expect([...(await store.read('a/bytes'))]).toEqual([1, 2, 3]);
    });

    test('a file of exactly the limit is taken, one more byte is refused and leaves what was there', async () => {
      await store.put('limit/file', inPieces(Buffer.alloc(50_000, 1)), { limitBytes: 50_000 });
      const source = inPieces(Buffer.alloc(50_001, 2));
      await expect(store.put('limit/file', source, { limitBytes: 50_000 })).rejects.toMatchObject({
        code: 413,
        type: 'PAYLOAD_TOO_LARGE',
      });
      await expect(store.put('limit/bytes', Buffer.alloc(11), { limitBytes: 10 })).rejects.toMatchObject({ code: 413 });
      expect(source.destroyed).toBe(true);
      expect(await store.read('limit/file')).toEqual(Buffer.alloc(50_000, 1));
      expect(await store.has('limit/bytes')).toBe(false);
      expect(await subject.unfinished()).toEqual([]);
    });

    test('a stream that breaks leaves nothing', async () => {
      const source = Readable.from(
        (async function* () {
          yield Buffer.alloc(70_000);
          await sleep(5);
          throw new Error('the sender is gone');
        })(),
      );
      await expect(store.put('broken/file', source)).rejects.toThrow('the sender is gone');
      expect(await store.has('broken/file')).toBe(false);
      expect(await subject.unfinished()).toEqual([]);
    });

    test('a stream destroyed half-way or before it is read leaves nothing', async () => {
      const silent = new Readable({ read: () => undefined });
      silent.push(Buffer.alloc(1_000));
      const put = store.put('broken/destroyed', silent);
      setTimeout(() => silent.destroy(), 10);
      await expect(put).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });

      const failed = new Readable({ read: () => undefined });
      failed.destroy(new Error('broken at once'));
      await expect(store.put('broken/destroyed', failed)).rejects.toThrow('broken at once');
      expect(await store.has('broken/destroyed')).toBe(false);
      expect(await subject.unfinished()).toEqual([]);
    });

    test('an abort ends an upload whose stream stays silent for ever', async () => {
      const source = new Readable({ read: () => undefined });
      source.push(Buffer.alloc(1_000));
      const gaveUp = new Error('nothing came for too long');
      const controller = new AbortController();
      const put = store.put('aborted/file', source, { signal: controller.signal });
      setTimeout(() => controller.abort(gaveUp), 20);
      await expect(put).rejects.toBe(gaveUp);
      await expect(store.put('aborted/late', source, { signal: controller.signal })).rejects.toBe(gaveUp);
      expect(source.destroyed).toBe(true);
      expect(await all(store.list('aborted'))).toEqual([]);
      expect(await subject.unfinished()).toEqual([]);
    });

    test('a hundred uploads cut at a random byte leave no file and no descriptor', async () => {
      await store.put('cut/warm-up', inPieces(randomBytes(1_000)));
      const before = openFiles();
      const cut = async (n: number): Promise<void> => {
        const source = inPieces(randomBytes(100_000), 1_000);
        const stopAfter = (n * 7919) % 100;
        let seen = 0;
        const cutting = source.map((chunk: Buffer) =>
          seen++ === stopAfter ? source.destroy(new Error('cut')) : chunk,
        );
        await expect(store.put(`cut/${n}`, cutting)).rejects.toThrow();
      };
      for (let n = 0; n < 100; n += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => cut(n + i)));
      expect((await all(store.list('cut'))).map(({ key }) => key)).toEqual(['cut/warm-up']);
      expect(await subject.unfinished()).toEqual([]);
      await eventually(() => openFiles() <= before);
    });

    test('content is stored once under its hash, however often', async () => {
      const body = randomBytes(5_000);
      const hash = sha256(body);
      const expected = { key: `photos/${hash.slice(0, 2)}/${hash}.jpg`, bytes: 5_000, sha256: hash };
      expect(await store.putContent('photos', body, 'jpg')).toEqual(expected);
      const [{ modifiedAt } = { modifiedAt: undefined }] = await all(store.list('photos'));
      await sleep(1_100);
      expect(await store.putContent('photos', body, 'jpg')).toEqual(expected);
      expect(await all(store.list('photos'))).toEqual([{ key: expected.key, bytes: 5_000, modifiedAt }]);
      expect((await store.read(expected.key)).equals(body)).toBe(true);
    });

    test('a part file becomes content under its hash, once, and is taken away', async () => {
      const body = randomBytes(5_000);
      const keep = async () => store.keepContent('photos', await writePartFile(store.partsFolder, body), 'jpg');
      const expected = { key: keyOfContent('photos', sha256(body), 'jpg'), bytes: 5_000, sha256: sha256(body) };
      expect(await keep()).toEqual(expected);
      expect(await store.putContent('photos', body, 'jpg')).toEqual(expected);
      expect(await keep()).toEqual(expected);
      expect((await store.read(expected.key)).equals(body)).toBe(true);
      const part = await writePartFile(store.partsFolder, body);
      await expect(store.keepContent('../photos', part, 'jpg')).rejects.toMatchObject({ type: 'FILE_KEY_INVALID' });
      expect(await subject.unfinished()).toEqual([]);
    });

    test('a file is lent as one of this machine and stays what it was', async () => {
      await store.put('lent/file', Buffer.from('lent'));
      expect(await store.withLocalFile('lent/file', (path) => readFile(path, 'utf8'))).toBe('lent');
      const broken = store.withLocalFile('lent/file', () => Promise.reject(new Error('the reader fails')));
      await expect(broken).rejects.toThrow('the reader fails');
      for (const key of ['lent', 'lent/missing'])
        await expect(store.withLocalFile(key, async () => 'read')).rejects.toMatchObject({ type: 'FILE_NOT_FOUND' });
      expect(await store.has('lent/file')).toBe(true);
      expect(await subject.unfinished()).toEqual([]);
    });

    test('of many writers of one key one wins whole', async () => {
      const bodies = Array.from({ length: 10 }, (_, i) => Buffer.alloc(60_000, i));
      await Promise.all(bodies.map((body) => store.put('race/file', inPieces(body))));
      const found = await store.read('race/file');
      expect(bodies.some((body) => body.equals(found))).toBe(true);
    });

    test('what is missing is not found, and removing it is no error', async () => {
      await store.put('there/file', Buffer.from('x'));
      for (const key of ['missing', 'there', 'there/other', 'missing/folder/file']) {
        expect(await store.has(key)).toBe(false);
        await expect(store.get(key)).rejects.toMatchObject({ code: 404, type: 'FILE_NOT_FOUND' });
        await expect(store.read(key)).rejects.toMatchObject({ code: 404, type: 'FILE_NOT_FOUND' });
      }
      await store.remove('missing/folder/file');
      await store.remove('there/file');
      expect(await store.has('there/file')).toBe(false);
    });

    test.each([
      '',
      '/',
      '/etc/passwd',
      '../up',
      'a/../../b',
      'a/..',
      'a//b',
      'a/',
      './a',
      'a/./b',
      '.parts/x',
      'a/.hidden',
      'A',
      'a b',
      'a\0',
      'a\n',
      'a\\b',
      'a%2fb',
      'ü',
      'a..b',
      `a/${'x'.repeat(201)}`,
      'a/'.repeat(256) + 'ab',
    ])('the key %j is refused everywhere', async (key) => {
      const refused = { code: 422, type: 'FILE_KEY_INVALID' };
      const source = Readable.from(['x']);
      await expect(store.put(key, source)).rejects.toMatchObject(refused);
      expect(source.destroyed).toBe(true);
      await expect(store.get(key)).rejects.toMatchObject(refused);
      await expect(store.withLocalFile(key, async () => 0)).rejects.toMatchObject(refused);
      await expect(store.has(key)).rejects.toMatchObject(refused);
      await expect(store.remove(key)).rejects.toMatchObject(refused);
      if (key !== '') await expect((async () => all(store.list(key)))()).rejects.toMatchObject(refused);
      await expect(store.putContent('photos', Buffer.from('x'), `${key}/../x`)).rejects.toMatchObject(refused);
    });

    test('a listing has all files below its folder and no others', async () => {
      const from = Date.now() - 2_000;
      for (const key of ['list/b', 'list/a/deep/c', 'list-not/d', 'lis']) await store.put(key, Buffer.from(key));
      const listed = await all(store.list('list'));
      expect(listed.map(({ key, bytes }) => `${key}:${bytes}`).sort()).toEqual(['list/a/deep/c:13', 'list/b:6']);
      for (const { modifiedAt } of listed) expect(modifiedAt.getTime()).toBeGreaterThan(from);
      expect(await all(store.list('nothing/here'))).toEqual([]);
      const everything = (await all(store.list(''))).map(({ key }) => key);
      expect(everything).toEqual(expect.arrayContaining(['list/b', 'list-not/d', 'lis']));
    });

    test('the sweeper takes waiting uploads older than asked and nothing else', async () => {
      await store.put('incoming/one', Buffer.from('1'));
      await store.put('incoming/two', Buffer.from('2'));
      await store.put('kept/file', Buffer.from('3'));
      expect(await sweepIncoming(store, new Date(Date.now() - 3_600_000))).toBe(0);
      expect(await sweepIncoming(store, new Date(Date.now() + 60_000))).toBe(2);
      expect(await all(store.list('incoming'))).toEqual([]);
      expect(await store.has('kept/file')).toBe(true);
    });
  });
}
