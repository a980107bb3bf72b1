import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { demoEnvironment } from '../../../shared/runtime/demo-environment.ts';
import { DEMO_MARKER } from '../../../shared/runtime/demo-folder.ts';

const main = fileURLToPath(new URL('../../../shared/runtime/main.ts', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-demo-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the demo never touches what the configuration names, and says which variables it ignores', () => {
  const { env, ignored } = demoEnvironment({
    DATABASE_URL: 'postgresql://real/db',
    NATS_URL: '',
    SMTP_URL: 'smtp://real.example',
    KONTOR_BOUNCE_IMAP: 'imaps://real.example/INBOX',
    STORAGE_URL: 's3://real/bucket',
    VAT_REGISTER_URL: 'https://register.example',
    VAT_REGISTER_REQUESTER: 'DE136695976',
    PORT: '4100',
  });
  expect(env).toEqual({ PORT: '4100', KONTOR_DATA_DIR: '.data/demo' });
  expect(ignored).toEqual([
    'DATABASE_URL',
    'SMTP_URL',
    'KONTOR_BOUNCE_IMAP',
    'STORAGE_URL',
    'VAT_REGISTER_URL',
    'VAT_REGISTER_REQUESTER',
  ]);
});

test('without such variables nothing is said', () => {
  for (const env of [{ LOG_LEVEL: 'warn' }, { LOG_LEVEL: 'warn', KONTOR_DATA_DIR: '' }])
    expect(demoEnvironment(env)).toEqual({ env: { LOG_LEVEL: 'warn', KONTOR_DATA_DIR: '.data/demo' }, ignored: [] });
});

test('a data folder that is new, empty or made by the demo is the one the demo opens', () => {
  const opened = (dir: string) => demoEnvironment({ KONTOR_DATA_DIR: dir });
  expect(opened(path.join(folder, 'new'))).toEqual({
    env: { KONTOR_DATA_DIR: path.join(folder, 'new') },
    ignored: [],
  });
  expect(opened(folder).env['KONTOR_DATA_DIR']).toBe(folder);
  fs.writeFileSync(path.join(folder, DEMO_MARKER), '');
  fs.writeFileSync(path.join(folder, 'secret'), 'x');
  expect(opened(folder).env['KONTOR_DATA_DIR']).toBe(folder);
});

test('a data folder of one’s own is not opened as the demo, with a sentence, and stays as it is', () => {
  fs.writeFileSync(path.join(folder, 'secret'), 'x');
  const { status, stderr } = spawnSync(process.execPath, [main, '--demo'], {
    cwd: os.tmpdir(),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], KONTOR_DATA_DIR: folder },
    timeout: 30_000,
  });
  expect([status, stderr]).toEqual([
    1,
    `KONTOR_DATA_DIR names ${folder}, which the demo did not make. Leave --demo out to open it, or name a folder of the demo or an empty one.\n`,
  ]);
  expect(fs.readdirSync(folder)).toEqual(['secret']);
});
