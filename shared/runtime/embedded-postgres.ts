import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { SERVER_ENVIRONMENT, serverAccount, usableBinaries, type Account } from './postgres-binaries.ts';
import { recordCluster, removeLeftClusters, usableDir } from './postgres-folder.ts';
import { processCommand } from './process-stamp.ts';

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
  /** Further settings of the server, as `name=value`. */
  settings?: readonly string[];
  log?: (message: string) => void;
}

/** How long a server that is there may take until it accepts connections; it may have to recover first. */
const READY_WITHIN_MS = 60_000;

/**
 * Starts PostgreSQL on the given folder, making the cluster at the first start. Covers what bites in practice: root
 * may not run the server, so it drops to `postgres` or `nobody`; their account may not be able to enter the folder or
 * read the binaries, so those move; a server left over from a killed process is adopted; a creation that was killed
 * half-way leaves nothing; Ctrl-C does not reach the server before the services have drained.
 * One process at a time may do this for a folder (`takeDataFolder`); others join with `findRunning`.
 */
export async function startEmbeddedPostgres(
  wantedDir: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const dataDir = usableDir(wantedDir, account, options.log);
  recordCluster(wantedDir, dataDir, options.ephemeral);
  if (account)
    for (const folder of removeLeftClusters()) options.log?.(`Removed the database of ${folder}, which is gone`);
  const running = await findRunning(wantedDir);
  if (running) return running;
  dropForeignPidFile(dataDir);
  const binaries = usableBinaries(account);
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) initialise(wantedDir, dataDir, binaries, account, options);
  const port = await freePort();
  const server = await launch(dataDir, binaries, port, account, options);
  return { url: urlOf(wantedDir, port), adopted: false, dataDir, stop: () => stopChild(server) };
}

/**
 * The cluster that another process runs on this folder, if any; waits for one that is starting.
 * The word of `postmaster.pid` is checked, because after a restart of the machine its process id is somebody else's.
 */
export async function findRunning(wantedDir: string): Promise<EmbeddedPostgres | undefined> {
  const dataDir = usableDir(wantedDir);
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(50)) {
    const [pidText, , , port, , , , status] = readIfThere(path.join(dataDir, 'postmaster.pid'))?.split('\n') ?? [];
    const pid = Number(pidText);
    if (!isServerOf(pid, dataDir)) return undefined;
    if (status?.trim() === 'ready')
      return { url: urlOf(wantedDir, Number(port)), adopted: true, dataDir, stop: () => stopPid(pid, dataDir) };
  }
  throw new Error(`The database in ${dataDir} is there, but accepts no connections. See its process, or stop it.`);
}

/** Makes the cluster beside its place and moves it there, so that a half-made one is never taken for whole. */
function initialise(
  wantedDir: string,
  dataDir: string,
  binaries: string,
  account: Account | undefined,
  { ephemeral }: EmbeddedPostgresOptions,
): void {
  const half = `${dataDir}.new`;
  const passwordFile = `${half}.password`;
  fs.rmSync(half, { recursive: true, force: true });
  fs.mkdirSync(half, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const file of [half, passwordFile]) fs.chownSync(file, account.uid, account.gid);
  const options = ['-D', half, '-U', 'postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
  // the port is open to every user of the machine, and the user is a superuser
  const access = ephemeral ? ['--auth=trust', '--no-sync'] : ['--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const result = spawnSync(path.join(binaries, 'bin/initdb'), [...options, ...access], {
    ...account,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    encoding: 'utf8',
  });
  fs.rmSync(passwordFile);
  if (result.status !== 0)
    throw new Error(`The database could not be created in ${dataDir}: ${result.error?.message ?? result.stderr}`);
  if (!ephemeral) fs.writeFileSync(passwordPath(wantedDir), password, { mode: 0o600 });
  fs.renameSync(half, dataDir);
}

/** The manual advises a quarter of the memory of a server of its own; here the product lives beside it. */
const sharedBuffersMegabytes = (): number => Math.min(Math.max(Math.round(os.totalmem() / 8 / 1_048_576), 128), 2_048);

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
    `shared_buffers=${sharedBuffersMegabytes()}MB`,
    // the more fits between two checkpoints, the fewer pages are written to the log whole
    ...['max_wal_size=4GB', 'checkpoint_timeout=15min'],
    ...(options.ephemeral ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
    ...(options.settings ?? []),
  ];
  const command = [path.join(binaries, 'bin/postgres'), '-D', dataDir, '-p', String(port)];
  const [program, ...args] = options.ephemeral ? endingWithUs(command) : command;
  const server = spawn(program!, [...args, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${output}`)));
    server.stderr!.on('data', (chunk: Buffer) => {
      const message = chunk.toString();
      output = `${output}${message}`.slice(-1_000);
      if (/FATAL|PANIC/.test(message)) options.log?.(message.trim());
      if (output.includes('ready to accept connections')) resolve();
    });
  });
  server.unref();
  (server.stderr as unknown as net.Socket).unref();
  return server;
}

/** Nobody adopts a cluster of tests, so where the system can do it such a one ends with the process that started it. */
const endingWithUs = (command: string[]): string[] =>
  fs.existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'INT', ...command] : command;

async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.ref();
  server.kill('SIGINT');
  await ended;
}

async function stopPid(pid: number, dataDir: string): Promise<void> {
  if (isServerOf(pid, dataDir)) process.kill(pid, 'SIGINT');
  while (isServerOf(pid, dataDir)) await sleep(20);
}

const isServerOf = (pid: number, dataDir: string): boolean =>
  processCommand(pid)?.includes(`postgres -D ${dataDir} `) ?? false;

/**
 * PostgreSQL itself drops a pid file whose process is gone, but not one whose id a process of the same account has by
 * now, as happens after a restart of the machine or container.
 */
function dropForeignPidFile(dataDir: string): void {
  const file = path.join(dataDir, 'postmaster.pid');
  const command = processCommand(parseInt(readIfThere(file) ?? '', 10));
  if (command !== undefined && !command.includes('postgres')) fs.rmSync(file);
}

const passwordPath = (wantedDir: string): string => `${wantedDir}.password`;

/** A cluster for tests has no password. */
function urlOf(wantedDir: string, port: number): string {
  const password = readIfThere(passwordPath(wantedDir));
  return `postgresql://postgres${password ? `:${password}` : ''}@127.0.0.1:${port}/postgres`;
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
