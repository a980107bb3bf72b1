import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { findRunning, startEmbeddedPostgres } from '../../../shared/runtime/embedded-postgres.ts';
import { eventually } from '../../support/open-files.ts';
import { crash, startAndAwait } from '../../support/processes.ts';

const isRoot = process.getuid?.() === 0;
const parent = path.resolve('test/support/postgres-parent.ts');

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'kontor-embedded-'));
  fs.chmodSync(folder, 0o755);
  dataDir = path.join(folder, 'postgres');
});
afterEach(async () => {
  await (await findRunning(dataDir))?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows[0];
  } finally {
    await client.end();
  }
}

test('the first start makes a durable cluster in UTF-8, and a second start finds its data', async () => {
  const first = await startEmbeddedPostgres(dataDir);
  expect(first).toMatchObject({ adopted: false, dataDir });
  await query(first.url, `create table kept as select 'Grüße' as word`);
  expect(await query(first.url, `select current_setting('fsync') as fsync`)).toEqual({ fsync: 'on' });
  expect(await query(first.url, 'show server_encoding')).toEqual({ server_encoding: 'UTF8' });
  await first.stop();
  await expect(query(first.url, 'select 1')).rejects.toThrow();

  const second = await startEmbeddedPostgres(dataDir);
  expect(second.adopted).toBe(false);
  expect(await query(second.url, 'select word from kept')).toEqual({ word: 'Grüße' });
});

test('nobody connects without the password, which only the owner of the data folder can read', async () => {
  const { url } = await startEmbeddedPostgres(dataDir);
  const other = new URL(url);
  other.password = 'guessed';
  await expect(query(other.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(fs.statSync(`${dataDir}.password`).mode & 0o077).toBe(0);
});

test('secrets of the environment do not reach the server', async () => {
  const secret = 'a secret of the product, long enough';
  const { child } = await startAndAwait(process.execPath, [parent, dataDir], /^\{/, {
    env: { ...process.env, KONTOR_SECRET: secret },
  });
  try {
    const [server] = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    // not every system shows the environment of a process; this one shows the parent's
    if (process.platform !== 'linux') return;
    expect(fs.readFileSync(`/proc/${child.pid}/environ`, 'utf8')).toContain(secret);
    expect(fs.readFileSync(`/proc/${server}/environ`, 'utf8')).not.toContain(secret);
  } finally {
    await crash(child);
  }
});

test('a server whose parent was killed is adopted with its data, and can be stopped', async () => {
  const { child, line } = await startAndAwait(process.execPath, [parent, dataDir], /^\{/);
  const { url } = JSON.parse(line) as { url: string };
  await query(url, 'create table kept as select 1 as one');
  await crash(child);

  const adopted = await startEmbeddedPostgres(dataDir);
  expect(adopted).toMatchObject({ adopted: true, url });
  expect(await query(adopted.url, 'select one from kept')).toEqual({ one: 1 });
  await adopted.stop();
  expect(await findRunning(dataDir)).toBeUndefined();
});

const whereItCan = fs.existsSync('/usr/bin/setpriv') ? test : test.skip;
whereItCan('a cluster of tests ends with the process that started it, however that ends', async () => {
  const { child } = await startAndAwait(process.execPath, [parent, dataDir, '--ephemeral'], /^\{/);
  expect(await findRunning(dataDir)).toBeDefined();
  await crash(child);
  await eventually(async () => (await findRunning(dataDir)) === undefined);
});

test('a server that was killed itself recovers at the next start', async () => {
  const { url } = await startEmbeddedPostgres(dataDir);
  await query(url, 'create table kept as select 1 as one');
  process.kill(Number(fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  const { url: again } = await startAgain();
  expect(await query(again, 'select one from kept')).toEqual({ one: 1 });
});

test('a pid file whose process id now belongs to another program is no running server', async () => {
  const { stop } = await startEmbeddedPostgres(dataDir, { ephemeral: true });
  const pidFile = path.join(dataDir, 'postmaster.pid');
  const content = fs.readFileSync(pidFile, 'utf8').split('\n');
  await stop();
  const account = fs.statSync(dataDir);
  const other = spawn('sleep', ['60'], isRoot ? { uid: account.uid, gid: account.gid } : {});
  try {
    fs.writeFileSync(pidFile, [other.pid, ...content.slice(1, 7), 'ready   ', ''].join('\n'));
    expect(await findRunning(dataDir)).toBeUndefined();
    expect(await startEmbeddedPostgres(dataDir, { ephemeral: true })).toMatchObject({ adopted: false });
  } finally {
    await crash(other);
  }
});

test('a creation that was killed half-way leaves nothing that counts as a cluster', async () => {
  fs.mkdirSync(`${dataDir}.new`, { recursive: true });
  fs.writeFileSync(path.join(`${dataDir}.new`, 'PG_VERSION'), '18\n');
  const { url } = await startEmbeddedPostgres(dataDir, { ephemeral: true });
  expect(await query(url, 'select 1 as one')).toEqual({ one: 1 });
  expect(fs.existsSync(`${dataDir}.new`)).toBe(false);
});

test('a server that waits to be ready is waited for by those who join', async () => {
  const [started, joined] = await Promise.all([startEmbeddedPostgres(dataDir, { ephemeral: true }), joinWhenThere()]);
  expect(joined.url).toBe(started.url);
});

/** The killed server's children need a moment to let go of its memory. */
async function startAgain() {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startEmbeddedPostgres(dataDir);
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function joinWhenThere() {
  for (;;) {
    const running = await findRunning(dataDir);
    if (running) return running;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
