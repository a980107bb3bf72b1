import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { processStamp } from './process-stamp.ts';

/** A nats-server that runs beside the product. */
export interface EmbeddedNats {
  url: string;
  pid: number;
  /** True when a running server of an earlier process was taken over. */
  adopted: boolean;
  stop: () => Promise<void>;
}

export interface EmbeddedNatsOptions {
  /** Where the address stands for processes that join, and for the next start after a kill; nowhere without it. */
  file?: string;
  /** A free one without it. */
  port?: number;
  password?: string;
}

/** What the file says: an address, and the process to find behind it. */
interface Address {
  url: string;
  pid: number;
  stamp: string;
}

const STOP_WITHIN_MS = 5_000;

/** Folders that hold servers and often are not on an ordinary user's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** The nats-server on PATH or in a system folder, if there is one; no npm package ships it. */
export function findNatsServer(
  searchPath = process.env['PATH'] ?? '',
  systemFolders: readonly string[] = SYSTEM_FOLDERS,
): string | undefined {
  return [...searchPath.split(path.delimiter), ...systemFolders]
    .filter(Boolean)
    .map((dir) => path.resolve(dir, 'nats-server'))
    .find(isExecutable);
}

/**
 * Starts the server on a loopback port with credentials made for this run, because whoever reaches the bus can call
 * every action (T9); or takes over the one that a killed process left.
 */
export async function startEmbeddedNats(binary: string, options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  const left = options.file ? readAddress(options.file) : undefined;
  if (left) return { ...left, adopted: true, stop: () => stopServer(left, options.file) };
  const { port = await freePort(), password = randomBytes(16).toString('hex') } = options;
  const pid = await launch(binary, port, password);
  const address = { url: `nats://kontor:${password}@127.0.0.1:${port}`, pid, stamp: processStamp(pid) ?? '' };
  if (options.file) fs.writeFileSync(options.file, JSON.stringify(address), { mode: 0o600 });
  return { ...address, adopted: false, stop: () => stopServer(address, options.file) };
}

/** The address of the server that another process runs, if any. */
export function joinEmbeddedNats(file: string): string | undefined {
  return readAddress(file)?.url;
}

async function launch(binary: string, port: number, password: string): Promise<number> {
  const configuration = writeConfiguration(password);
  const server = spawn(binary, ['-a', '127.0.0.1', '-p', String(port), '-c', configuration], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] },
  });
  const failed = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`nats-server ended with code ${code}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([listening(port), failed]).finally(() =>
    fs.rmSync(path.dirname(configuration), { recursive: true }),
  );
  server.unref();
  return server.pid!;
}

async function stopServer({ pid, stamp }: Omit<Address, 'url'>, file: string | undefined): Promise<void> {
  if (processStamp(pid) === stamp) process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + STOP_WITHIN_MS; processStamp(pid) === stamp; await sleep(20))
    // it holds nothing that could be lost
    if (Date.now() > end) process.kill(pid, 'SIGKILL');
  if (file) fs.rmSync(file, { force: true });
}

/** The address in the file, if its process is still the one that was started then. */
function readAddress(file: string): Address | undefined {
  if (!fs.existsSync(file)) return undefined;
  const address = JSON.parse(fs.readFileSync(file, 'utf8')) as Address;
  return processStamp(address.pid) === address.stamp ? address : undefined;
}

/** Credentials go through a file, because a command line can be read by every user of the machine. */
function writeConfiguration(password: string): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-nats-')), 'nats.conf');
  fs.writeFileSync(file, `authorization { user: kontor, password: "${password}" }\n`, { mode: 0o600 });
  return file;
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @throws Error that says what to do when nothing answers at a NATS URL */
export async function assertNatsReachable(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  try {
    await listening(Number(port || 4222), hostname.replace(/^\[|\]$/g, ''), 5_000);
  } catch {
    throw new Error(
      `NATS_URL is set, but nothing answers at ${hostname}:${port || 4222}. Start the server or unset NATS_URL.`,
    );
  }
}

async function listening(port: number, host = '127.0.0.1', withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) if (await connects(port, host)) return;
  throw new Error(`Nothing listens on ${host}:${port}`);
}

function connects(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: 1_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}
