import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connect } from 'nats';
import { pino } from 'pino';
import { readConfig } from '../../../shared/config.ts';
import { openBacking, openDatabase } from '../../../shared/runtime/backing.ts';
import {
  assertNatsReachable,
  findNatsServer,
  joinEmbeddedNats,
  startEmbeddedNats,
} from '../../../shared/runtime/embedded-nats.ts';
import { findRunning } from '../../../shared/runtime/embedded-postgres.ts';
import { freePort } from '../../../shared/runtime/free-port.ts';
import { startKontor } from '../../../shared/runtime/start.ts';
import { crash, startAndAwait } from '../../support/processes.ts';

const log = pino({ level: 'silent' });
const withNats = findNatsServer() ? test : test.skip;

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'kontor-backing-'));
  fs.chmodSync(dataDir, 0o755);
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const configured = (environment: Record<string, string> = {}) =>
  readConfig({ KONTOR_DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment });

test('a part of the product without addresses and without anything to join is refused in words', async () => {
  await expect(startKontor(configured({ KONTOR_SERVICES: 'billing,returns' }))).rejects.toThrow(
    /no database to join \(DATABASE_URL\) and no bus to the other parts \(NATS_URL\)/,
  );
});

test.each([
  ['NATS_URL', { DATABASE_URL: 'postgresql://kontor:kontor@127.0.0.1:1/kontor' }, 'DATABASE_URL'],
  ['DATABASE_URL', { NATS_URL: 'nats://127.0.0.1:1' }, 'NATS_URL'],
])('a part of the product without %s is told so', async (missing, given, set) => {
  const refusal = startKontor(configured({ KONTOR_SERVICES: 'billing', ...given }));
  await expect(refusal).rejects.toThrow(`(${missing})`);
  await expect(refusal).rejects.not.toThrow(`(${set})`);
});

test('a configured NATS server that does not answer is named, its password is not', async () => {
  const port = await freePort();
  await expect(assertNatsReachable(`nats://kontor:verysecret@127.0.0.1:${port}`)).rejects.toThrow(
    `NATS_URL is set, but nothing answers at 127.0.0.1:${port}. Start the server or unset NATS_URL.`,
  );
});

test('parts of the product join what a whole one brought up, and a second whole one is refused', async () => {
  const whole = await openBacking(configured(), log);
  try {
    expect(fs.readFileSync(path.join(dataDir, 'process'), 'utf8')).toContain(String(process.pid));
    if (findNatsServer()) {
      const part = await openBacking(configured({ KONTOR_SERVICES: 'billing' }), log);
      expect(part).toMatchObject({ databaseUrl: whole.databaseUrl, natsUrl: whole.natsUrl });
      await part.stop();
    }
    const beside = await openDatabase(configured(), log);
    expect(beside.databaseUrl).toBe(whole.databaseUrl);
    await beside.stop();
    expect(await findRunning(path.join(dataDir, 'postgres'))).toBeDefined();
  } finally {
    await whole.stop();
  }
  expect(await findRunning(path.join(dataDir, 'postgres'))).toBeUndefined();
  expect(fs.readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.password']);
});

test('a second process with all services on the same data folder is refused and disturbs nothing', async () => {
  const script = path.resolve('test/support/backing-parent.ts');
  const { child, line } = await startAndAwait(process.execPath, [script, dataDir], /^\{/);
  const { databaseUrl, natsUrl } = JSON.parse(line) as { databaseUrl: string; natsUrl?: string };
  try {
    await expect(openBacking(configured(), log)).rejects.toThrow(`(process ${child.pid})`);
    expect(await findRunning(path.join(dataDir, 'postgres'))).toMatchObject({ url: databaseUrl });
  } finally {
    await crash(child);
  }
  // after a crash the next process takes over database and bus
  const next = await openBacking(configured(), log);
  expect(next.databaseUrl).toBe(databaseUrl);
  expect(next.natsUrl).toBe(natsUrl);
  await next.stop();
  expect(await findRunning(path.join(dataDir, 'postgres'))).toBeUndefined();
  expect(joinEmbeddedNats(path.join(dataDir, 'nats.json'))).toBeUndefined();
});

test('a command beside the product brings the database up for itself and ends it', async () => {
  const { databaseUrl, stop } = await openDatabase(configured(), log);
  expect(await findRunning(path.join(dataDir, 'postgres'))).toMatchObject({ url: databaseUrl });
  await stop();
  expect(await findRunning(path.join(dataDir, 'postgres'))).toBeUndefined();
});

withNats('the embedded bus takes the credentials of its run only, and they stand on no command line', async () => {
  const nats = await startEmbeddedNats(findNatsServer()!);
  try {
    const { host, username, password } = new URL(nats.url);
    const connection = await connect({ servers: host, user: username, pass: password });
    await connection.close();
    expect(await answerToNobody(nats.url)).toMatch(/-ERR 'Authorization/i);
    if (process.platform === 'linux')
      expect(fs.readFileSync(`/proc/${nats.pid}/cmdline`, 'utf8')).not.toContain(password);
    await assertNatsReachable(nats.url);
  } finally {
    await nats.stop();
  }
  await expect(connect({ servers: new URL(nats.url).host, reconnect: false })).rejects.toThrow();
});

withNats('an address left by a server that is gone is not joined, and the next start replaces it', async () => {
  const file = path.join(dataDir, 'nats.json');
  const first = await startEmbeddedNats(findNatsServer()!, { file });
  process.kill(first.pid, 'SIGKILL');
  while (joinEmbeddedNats(file)) await new Promise((resolve) => setTimeout(resolve, 10));
  const second = await startEmbeddedNats(findNatsServer()!, { file });
  expect(second.adopted).toBe(false);
  expect(joinEmbeddedNats(file)).toBe(second.url);
  await second.stop();
  expect(fs.existsSync(file)).toBe(false);
});

/** What the bus says to a client without credentials until it hangs up; the client writes once, so nothing is lost. */
function answerToNobody(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(Number(port), hostname, () => socket.write('CONNECT {"verbose":false}\r\nPING\r\n'));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
