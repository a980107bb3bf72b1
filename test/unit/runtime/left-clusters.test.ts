import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { recordCluster, removeLeftClusters } from '../../../shared/runtime/postgres-folder.ts';
import { crash } from '../../support/processes.ts';

let root: string;
let parent: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'kontor-left-'));
  fs.mkdirSync((parent = path.join(root, 'clusters')));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** A data folder whose cluster lives elsewhere. */
function cluster(name: string, { demo = false, ephemeral = false } = {}): { dir: string; folder: string } {
  const data = path.join(root, name);
  const folder = path.join(data, 'postgres');
  const dir = path.join(parent, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(dir);
  fs.writeFileSync(path.join(dir, 'PG_VERSION'), '18\n');
  if (demo) fs.writeFileSync(path.join(data, '.kontor-demo'), '');
  recordCluster(folder, dir, ephemeral);
  return { dir, folder };
}
const forget = ({ folder }: { folder: string }) => fs.rmSync(path.dirname(folder), { recursive: true });

test('clusters of demos and tests go with their folder; those whose folder is there stay', () => {
  const [demo, ephemeral, kept] = [
    cluster('demo', { demo: true }),
    cluster('test', { ephemeral: true }),
    cluster('kept', { demo: true }),
  ];
  forget(demo);
  forget(ephemeral);
  expect(removeLeftClusters(parent).toSorted()).toEqual([demo.folder, ephemeral.folder].toSorted());
  expect(fs.readdirSync(parent).toSorted()).toEqual(['kept', 'kept.folder.json']);
  expect(fs.existsSync(kept.dir)).toBe(true);
  expect(removeLeftClusters(parent)).toEqual([]);
});

test('the database of a house stays, because its folder may only have been moved', () => {
  const house = cluster('house');
  forget(house);
  expect(removeLeftClusters(parent)).toEqual([]);
  expect(fs.existsSync(path.join(house.dir, 'PG_VERSION'))).toBe(true);
});

test('without a record the name tells the folder; only what was temporary is removed', () => {
  const encoded = (folder: string) => Buffer.from(folder).toString('base64url');
  const gone = path.join(root, 'gone/postgres');
  const names = [
    encoded('/srv/kontor/.data/postgres'),
    encoded(`${gone}/${'x'.repeat(200)}`).slice(-200),
    'postgres-18.4.0',
  ];
  for (const name of [...names, encoded(gone)]) fs.mkdirSync(path.join(parent, name));
  expect(removeLeftClusters(parent)).toEqual([gone]);
  expect(fs.readdirSync(parent).toSorted()).toEqual(names.toSorted());
});

test('what a killed creation or a removal by hand left goes too', () => {
  const [half, byHand] = [cluster('half', { ephemeral: true }), cluster('by-hand', { ephemeral: true })];
  fs.renameSync(half.dir, `${half.dir}.new`);
  fs.rmSync(byHand.dir, { recursive: true });
  forget(half);
  forget(byHand);
  expect(removeLeftClusters(parent).toSorted()).toEqual([byHand.folder, half.folder].toSorted());
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('a record that cannot be read removes nothing', () => {
  const demo = cluster('demo', { demo: true });
  forget(demo);
  fs.writeFileSync(`${demo.dir}.folder.json`, '{"folder":');
  expect(removeLeftClusters(parent)).toEqual([]);
});

test('a cluster that a server runs on stays', async () => {
  const demo = cluster('demo', { demo: true });
  forget(demo);
  const server = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', 'postgres', '-D', demo.dir, '-p', '1']);
  try {
    fs.writeFileSync(path.join(demo.dir, 'postmaster.pid'), `${server.pid}\n`);
    expect(removeLeftClusters(parent)).toEqual([]);
  } finally {
    await crash(server);
  }
  expect(removeLeftClusters(parent)).toEqual([demo.folder]);
});
