import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './embedded-postgres.ts';

/** A nats-server that runs beside the product. */
export interface EmbeddedNats {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** The nats-server on PATH or in /usr/sbin, if there is one; no npm package ships it. */
export function findNatsServer(searchPath = process.env['PATH'] ?? ''): string | undefined {
  return [...searchPath.split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
    .filter(Boolean)
    .map((dir) => path.join(dir, 'nats-server'))
    .find((file) => fs.existsSync(file));
}

/**
 * Starts the server on a loopback port with credentials made for this run, because whoever reaches the bus can call
 * every action (T9).
 */
export async function startEmbeddedNats(
  binary: string,
  port?: number,
  password = randomBytes(16).toString('hex'),
): Promise<EmbeddedNats> {
  const at = port ?? (await freePort());
  const configuration = writeConfiguration(password);
  const server = spawn(binary, ['-a', '127.0.0.1', '-p', String(at), '-c', configuration], {
    detached: true,
    stdio: 'ignore',
  });
  const failed = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`nats-server ended with code ${code}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([listening(at), failed]).finally(() =>
    fs.rmSync(path.dirname(configuration), { recursive: true }),
  );
  server.unref();
  return {
    url: `nats://kontor:${password}@127.0.0.1:${at}`,
    pid: server.pid!,
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

/** Credentials go through a file, because a command line can be read by every user of the machine. */
function writeConfiguration(password: string): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-nats-')), 'nats.conf');
  fs.writeFileSync(file, `authorization { user: kontor, password: "${password}" }\n`, { mode: 0o600 });
  return file;
}

/** @throws Error that says what to do when nothing answers at a NATS URL */
export async function assertNatsReachable(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  try {
    await listening(Number(port || 4222), hostname, 5_000);
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
