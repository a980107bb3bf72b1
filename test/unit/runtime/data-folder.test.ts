import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { takeDataFolder } from '../../../shared/runtime/data-folder.ts';
import { processStamp } from '../../../shared/runtime/process-stamp.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-owner-')), 'data');
});
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }));

const owner = () => path.join(folder, 'process');
const heldBy = (content: string) => {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(owner(), content);
};

test('a folder is taken, kept and released', () => {
  const release = takeDataFolder(folder);
  expect(fs.readFileSync(owner(), 'utf8')).toBe(`${process.pid} ${processStamp(process.pid)}`);
  release();
  expect(fs.existsSync(owner())).toBe(false);
});

test('a folder that a running process holds is refused by its id', async () => {
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  heldBy(`${other.pid} ${processStamp(other.pid!)}`);
  expect(() => takeDataFolder(folder)).toThrow(`(process ${other.pid})`);
  other.kill('SIGKILL');
  await once(other, 'exit');
  takeDataFolder(folder)();
});

test.each([
  ['an id that another process has by now', () => `${process.ppid} 1`],
  ['a process that is gone', () => '999999999 12'],
  ['nothing', () => ''],
  ['nonsense', () => 'x y'],
])('a folder left with %s is taken', (_what, content) => {
  heldBy(content());
  expect(takeDataFolder(folder)).not.toThrow();
});
