import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNatsServer, startEmbeddedNats, type EmbeddedNats } from '../../../shared/runtime/embedded-nats.ts';
import { login } from '../../../services/identity/use-cases/login.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { anonymous, identityTest, type IdentityTest } from '../../support/identity.ts';

/** The commands `npm start` and `npm run admin`, as processes of their own on a test database. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const natsServer = findNatsServer();
let database: TestDatabase;
let identity: IdentityTest;
let nats: EmbeddedNats | undefined;
let dataDir: string;

beforeAll(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-start-'));
  database = await createTestDatabase();
  identity = await identityTest(database);
  if (natsServer) nats = await startEmbeddedNats(natsServer);
});
afterAll(async () => {
  await nats?.stop();
  await identity.deps.orm.close();
  await database.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function run(file: string, args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [path.join(root, 'shared/runtime', file), ...args], {
    cwd: dataDir,
    env: {
      PATH: process.env['PATH'],
      KONTOR_DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      LOG_LEVEL: 'fatal',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function admin(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { ended, output } = run('admin.ts', args);
  return { code: await ended, output: output() };
}
const logIn = (email: string, password: string) => login(identity.deps, { email, password }, anonymous);
const passwordIn = (output: string): string => /with the password (\S+)/.exec(output)![1]!;

async function startPart(): Promise<Run> {
  const part = run('main.ts', [], { KONTOR_SERVICES: 'identity,merchants', NATS_URL: nats!.url });
  const ready = new Promise<void>((resolve) =>
    part.child.stdout!.on('data', () => part.output().includes('Ctrl-C') && resolve()),
  );
  await Promise.race([ready, part.ended.then(() => Promise.reject(new Error(part.output())))]);
  return part;
}

(natsServer ? test : test.skip)(
  'K23 the first start shows the first password once; a signal ends it in order',
  async () => {
    const first = await startPart();
    expect(await logIn('admin@kontor.local', passwordIn(first.output()))).toHaveProperty('accessToken');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = await startPart();
    expect(second.output()).not.toContain('with the password');
    expect(second.output()).toContain('npm run admin -- reset-password');
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  },
);

test('K23 the command line gives a new password, which is shown once and works', async () => {
  const made = await admin(
    'create-user',
    '--email',
    'Lena@example.com',
    '--name',
    'Lena Lager',
    '--roles',
    'lead, admin',
  );
  expect(made.code).toBe(0);
  const first = passwordIn(made.output);
  expect(await logIn('lena@example.com', first)).toMatchObject({
    user: { displayName: 'Lena Lager', roles: ['lead', 'admin'] },
  });
  const reset = await admin('reset-password', '--email', 'lena@example.com');
  await expect(logIn('lena@example.com', first)).rejects.toMatchObject({ code: 401 });
  expect(await logIn('lena@example.com', passwordIn(reset.output))).toHaveProperty('accessToken');
  expect(
    await database.query(`select actor_id from messaging.audit_entry where reason = 'reset on the command line'`),
  ).toEqual([{ actor_id: 'command-line' }]);
});

test.each([
  [['reset-password', '--email', 'nobody@example.com'], 'There is no user nobody@example.com'],
  [['create-user', '--email', 'x@example.com', '--name', 'X', '--roles', 'merchantViewer'], 'at least one merchant'],
  [
    ['create-user', '--email', 'x@example.com', '--name', 'X', '--roles', 'boss,admin'],
    '--roles knows worker, lead, finance, admin, not “boss”',
  ],
  [['create-user', '--email', 'x@example.com'], '--name'],
  [['destroy'], 'unknown command'],
])('npm run admin -- %j says what is wrong', async (args, message) => {
  const { code, output } = await admin(...args);
  expect(code).toBe(1);
  expect(output).toContain(message);
  expect(output).not.toMatch(/\n\s+at /);
});

test('the proof of the archive makes no database in a folder that has none, and says so', async () => {
  const empty = path.join(dataDir, 'mistyped');
  const { ended, output } = run('verify-archive.ts', [], { DATABASE_URL: '', KONTOR_DATA_DIR: empty });
  expect(await ended).toBe(1);
  expect(output()).toBe(
    `There is no database in ${empty}. Name the data folder with KONTOR_DATA_DIR, or the database with DATABASE_URL.\n`,
  );
  expect(fs.existsSync(empty)).toBe(false);
});

test('the reference of the configuration lists every variable', async () => {
  const { code, output } = await admin('config');
  expect(code).toBe(0);
  for (const name of ['DATABASE_URL', 'KONTOR_SECRET', 'SMTP_URL'])
    expect(output).toMatch(new RegExp(`^${name} `, 'm'));
});

test.each([
  [[], { PORT: 'abc', NATS_URL: 'http://x' }, ['PORT must be', 'NATS_URL must be a URL']],
  [['--dmeo'], {}, ['--dmeo']],
  [
    ['--demo'],
    { PORT: 'abc', SMTP_URL: 'smtp://real.example', KONTOR_DATA_DIR: '' },
    ['ignores DATABASE_URL, SMTP_URL', 'PORT must be'],
  ],
])('npm start %j with %j ends with a message and code 1', async (args, env, messages) => {
  const { ended, output } = run('main.ts', args, env);
  expect(await ended).toBe(1);
  for (const message of messages) expect(output()).toContain(message);
  expect(output()).not.toMatch(/\n\s+at /);
});
