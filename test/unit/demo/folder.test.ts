import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderOf } from '../../../demo/arguments.ts';
import { clearData } from '../../../shared/runtime/clear-data.ts';
import { DEMO_FOLDER, DEMO_MARKER, markNewFolder } from '../../../shared/runtime/demo-folder.ts';

const main = fileURLToPath(new URL('../../../demo/main.ts', import.meta.url));
let root: string;
let folder: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-folder-')));
  folder = path.join(root, 'data');
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const write = (...names: string[]): void => {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of names) fs.writeFileSync(path.join(folder, name), `content of ${name}`);
};
const demo = (...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 30_000,
  });
  return { status, output: stdout + stderr };
};

test('the demo refuses a folder it did not make, in one line, and touches nothing in it', () => {
  write('thesis.txt', 'demo.log', 'process');
  expect(demo('--data-dir', 'data')).toEqual({
    status: 1,
    output: `${folder} is not a folder of the demo; name an empty one\n`,
  });
  expect(fs.readdirSync(folder).toSorted()).toEqual(['demo.log', 'process', 'thesis.txt']);
  expect(fs.readFileSync(path.join(folder, 'thesis.txt'), 'utf8')).toBe('content of thesis.txt');
});

test('a folder that is not there or empty becomes one of the demo, which alone is emptied', async () => {
  await clearData(folder);
  expect(fs.readdirSync(folder)).toEqual([DEMO_MARKER]);
  write('invoice.pdf');
  fs.mkdirSync(path.join(folder, 'mail'));
  await clearData(folder);
  expect(fs.readdirSync(folder)).toEqual([DEMO_MARKER]);
  fs.rmSync(path.join(folder, DEMO_MARKER));
  await clearData(folder);
  expect(fs.readdirSync(folder)).toEqual([DEMO_MARKER]);
});

test('emptying itself refuses a foreign folder, also a file in its place', async () => {
  write('thesis.txt');
  await expect(clearData(folder)).rejects.toThrow('is not a folder of the demo');
  expect(fs.readdirSync(folder)).toEqual(['thesis.txt']);
  await expect(clearData(path.join(folder, 'thesis.txt'))).rejects.toThrow('is not a folder of the demo');
  expect(fs.readFileSync(path.join(folder, 'thesis.txt'), 'utf8')).toBe('content of thesis.txt');
});

test('of a demo without marker only the default folder with its log is emptied', async () => {
  folder = path.join(root, DEMO_FOLDER);
  write('thesis.txt');
  const before = process.cwd();
  process.chdir(root);
  try {
    await expect(clearData(folder)).rejects.toThrow('name an empty one, or remove it');
    expect(fs.readdirSync(folder)).toEqual(['thesis.txt']);
    write('demo.log');
    await clearData(folder);
    expect(fs.readdirSync(folder)).toEqual([DEMO_MARKER]);
  } finally {
    process.chdir(before);
  }
});

test('only a new folder is marked when the product opens the data of the demo', () => {
  markNewFolder(folder);
  expect(fs.readdirSync(folder)).toEqual([DEMO_MARKER]);
  fs.rmSync(path.join(folder, DEMO_MARKER));
  write('thesis.txt');
  markNewFolder(folder);
  expect(fs.readdirSync(folder)).toEqual(['thesis.txt']);
});

test.each([
  [['--data-dir'], '--data-dir is not understood. Use: npm run demo, or npm run demo -- --data-dir <folder>'],
  [['data'], 'data is not understood. Use: npm run demo, or npm run demo -- --data-dir <folder>'],
  [['--data-dir='], '--data-dir needs a folder. Use: npm run demo, or npm run demo -- --data-dir <folder>'],
])('the arguments %j are refused with the usage', (args, message) => {
  expect(() => folderOf(args)).toThrow(message);
});

test('the demo says in one line what it does not understand, and makes nothing', () => {
  expect(demo('--foo')).toEqual({
    status: 1,
    output: '--foo is not understood. Use: npm run demo, or npm run demo -- --data-dir <folder>\n',
  });
  expect(fs.readdirSync(root)).toEqual([]);
});

test('the folder is the named one, or the default', () => {
  expect(folderOf(['--data-dir', '/srv/demo'])).toBe('/srv/demo');
  expect(folderOf(['--data-dir=/srv/demo'])).toBe('/srv/demo');
  expect(folderOf([])).toBe(DEMO_FOLDER);
});
