import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ServiceName } from '../../shared/config.ts';
import { findNatsServer, startEmbeddedNats, type EmbeddedNats } from '../../shared/runtime/embedded-nats.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** What the processes of one product under test share: a database, a bus, files. */
export interface Premises {
  database: TestDatabase;
  nats: EmbeddedNats | undefined;
  dir: string;
  env: Record<string, string>;
  /** kill -9 of the bus, and an empty one at the same address. */
  restartNats: () => Promise<void>;
  close: () => Promise<void>;
}

/** @param withNats  false runs everything in one process without a bus */
export async function openPremises({ withNats = true } = {}): Promise<Premises> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-e2e-'));
  fs.mkdirSync(path.join(dir, 'tmp'));
  const database = await createTestDatabase();
  const binary = withNats ? findNatsServer() : undefined;
  let nats = binary ? await startEmbeddedNats(binary) : undefined;
  return {
    database,
    get nats() {
      return nats;
    },
    dir,
    restartNats: async () => {
      if (!binary || !nats) throw new Error('There is no nats-server on this machine');
      const { port, password } = new URL(nats.url);
      process.kill(nats.pid, 'SIGKILL');
      await nats.stop();
      nats = await startEmbeddedNats(binary, { port: Number(port), password });
    },
    env: {
      PATH: process.env['PATH'] ?? '',
      TZ: process.env['TZ'] ?? 'UTC',
      // types are stripped once for all products of a run
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? path.join(dir, 'compiled'),
      // its own, so that what it leaves there can be seen
      TMPDIR: path.join(dir, 'tmp'),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      PORT: '0',
      KONTOR_DATA_DIR: dir,
      DATABASE_URL: database.url,
      STORAGE_URL: pathToFileURL(path.join(dir, 'objects')).href,
      KONTOR_SECRET: 'a secret for tests that is long enough',
      DATABASE_POOL_SIZE: '4',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      ...(nats ? { NATS_URL: nats.url } : {}),
    },
    close: async () => {
      await nats?.stop();
      await database.drop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

export interface ProductProcess {
  pid: number;
  url: string | undefined;
  administrator: { email: string; password: string } | null;
  /** Sets its business time, which runs on from there. */
  at: (instant: string) => Promise<void>;
  /** kill -9, and its end. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
  output: () => string;
}

/** Starts the product, or a part of it, as a process of its own and waits until it is up. */
export async function startProcess(
  premises: Premises,
  services?: readonly ServiceName[],
  env: Record<string, string> = {},
): Promise<ProductProcess> {
  const child = fork(fileURLToPath(new URL('./product-process.ts', import.meta.url)), {
    execArgv: [],
    env: { ...premises.env, ...(services ? { KONTOR_SERVICES: services.join(',') } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-200_000)));
  const started = await Promise.race([
    once(child, 'message').then(([message]) => message as Pick<ProductProcess, 'url' | 'administrator'>),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The product ended with ${code} while starting:\n${output}`)),
    ),
  ]);
  const end = (signal: NodeJS.Signals) => () => ended(child, signal);
  const at = async (instant: string) => {
    const moved = once(child, 'message');
    child.send({ at: instant });
    await moved;
  };
  return { ...started, pid: child.pid!, at, kill: end('SIGKILL'), stop: end('SIGTERM'), output: () => output };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Waits until every service answers, wherever it runs. */
export const untilReady = (url: string): Promise<unknown> =>
  until('the product to be ready', async () => (await fetch(`${url}/health/ready`)).ok);

/** Waits for something to become true. @throws Error with `what` after `withinMs` */
export async function until<Result>(
  what: string,
  check: () => Promise<Result | undefined | false | null> | Result | undefined | false | null,
  withinMs = 30_000,
): Promise<Result> {
  for (const end = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const result = await check();
    if (result) return result;
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
  }
}
