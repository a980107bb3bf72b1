import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rm, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import { openFiles } from '../../support/open-files.ts';
import { all, objectStoreContract } from './object-store.contract.ts';

const newRoot = (): string => mkdtempSync(join(tmpdir(), 'kontor-store-'));

objectStoreContract('disk store', async () => {
  const root = newRoot();
  return {
    store: diskStore(join(root, 'made', 'on', 'demand')),
    unfinished: () => readdir(join(root, 'made/on/demand/.parts')),
    stop: () => rm(root, { recursive: true }),
  };
});

let root: string;
beforeEach(() => {
  root = newRoot();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

test('files and folders are for their owner only', async () => {
  await diskStore(join(root, 'store')).put('a/b', Buffer.from('private'));
  expect(statSync(join(root, 'store/a/b')).mode & 0o777).toBe(0o600);
  for (const folder of ['store', 'store/a', 'store/.parts']) {
    expect(statSync(join(root, folder)).mode & 0o777).toBe(0o700);
  }
});

test('parts of killed processes go when they are old, running uploads and strange files stay', async () => {
  const store = diskStore(root);
  await mkdir(join(root, '.parts'));
  for (const name of ['old.part', 'young.part', 'strange']) await writeFile(join(root, '.parts', name), 'x');
  const longAgo = new Date(Date.now() - 7_200_000);
  for (const name of ['old.part', 'strange']) await utimes(join(root, '.parts', name), longAgo, longAgo);
  expect(await store.discardUnfinished(new Date(Date.now() - 3_600_000))).toBe(1);
  expect((await readdir(join(root, '.parts'))).sort()).toEqual(['strange', 'young.part']);
  expect(await all(store.list(''))).toEqual([]);
});

const chunks = (count: number): Readable => Readable.from(Array.from({ length: count }, () => Buffer.alloc(64 * 1024)));

test.each(['ENOSPC', 'EDQUOT'])('%s while writing becomes STORAGE_FULL and leaves nothing', async (code) => {
  const store = diskStore(root);
  await store.put('kept', Buffer.from('kept'));
  const probe = await open(join(root, 'kept'));
  const prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const before = openFiles();
  const writeFileOf = prototype.writeFile;
  let writes = 0;
  jest.spyOn(prototype, 'writeFile').mockImplementation(async function (this: FileHandle, data) {
    if (++writes > 3) throw Object.assign(new Error(code), { code });
    return writeFileOf.call(this, data);
  });
  const source = chunks(10);
  await expect(store.put('kept', source)).rejects.toMatchObject({ code: 507, type: 'STORAGE_FULL' });
  expect(writes).toBe(4);
  expect(source.destroyed).toBe(true);
  expect((await store.read('kept')).toString()).toBe('kept');
  expect(await readdir(join(root, '.parts'))).toEqual([]);
  expect(openFiles()).toBeLessThanOrEqual(before);
});

const smallDisk = mountSmallDisk();
(smallDisk ? test : test.skip)(
  'a disk that really is full answers STORAGE_FULL and works again with room',
  async () => {
    const store = diskStore(smallDisk!);
    try {
      for (let n = 1; n <= 20; n++) {
        await expect(store.put(`big/${n}`, chunks(16 + n))).rejects.toMatchObject({ type: 'STORAGE_FULL' });
      }
      expect(await readdir(join(smallDisk!, '.parts'))).toEqual([]);
      expect(await all(store.list(''))).toEqual([]);
      expect(await store.put('fits', chunks(10))).toMatchObject({ bytes: 640 * 1024 });
    } finally {
      execFileSync('umount', [smallDisk!]);
      await rm(smallDisk!, { recursive: true });
    }
  },
);

/** A file system of one megabyte, where the one who runs the test may mount it. */
function mountSmallDisk(): string | undefined {
  const folder = newRoot();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}
