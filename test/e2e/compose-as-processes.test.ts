import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { assertNatsReachable, findNatsServer } from '../../shared/runtime/embedded-nats.ts';
import { freePort } from '../../shared/runtime/free-port.ts';
import { productServices, readCompose, readDockerfile, readVariables } from '../support/compose.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { crash, runToEnd } from '../support/processes.ts';
import { untilReady } from '../support/product.ts';

// What compose.yaml and Dockerfile say, as plain processes: no Docker engine is needed for that. Only addresses change.
const natsServer = findNatsServer();
const withNats = natsServer ? test : test.skip;
const variables = readVariables('docker/.env.example');
const compose = readCompose('docker/compose.yaml', variables);
const [, ...command] = JSON.parse(
  readDockerfile('docker/Dockerfile').findLast(({ instruction }) => instruction === 'CMD')!.rest,
) as [string, string];
const START_WITHIN_MS = 120_000;

interface Container {
  name: string;
  process: ChildProcess;
  env: NodeJS.ProcessEnv;
  output: () => string;
}

let folder: string;
let database: TestDatabase;
let nats: ChildProcess;
const containers: Container[] = [];

beforeAll(async () => {
  if (!natsServer) return;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-compose-'));
  database = await createTestDatabase();
  const natsUrl = await startBus();
  for (const [name, { environment }] of productServices(compose)) {
    const port = String(await freePort());
    containers.push(
      startContainer(name, {
        ...environment,
        DATABASE_URL: database.url,
        NATS_URL: natsUrl,
        STORAGE_URL: pathToFileURL(path.join(folder, 'objects')).href,
        KONTOR_DATA_DIR: path.join(folder, 'data'),
        HOST: '127.0.0.1',
        ...(name === 'gateway' ? { PORT: port } : { HEALTH_PORT: port }),
      }),
    );
  }
}, START_WITHIN_MS);

afterAll(async () => {
  await Promise.all(containers.map(({ process }) => crash(process)));
  if (nats) await crash(nats);
  await database?.drop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});

withNats(
  'one process per service, each as its container: all become well, and end in order when told',
  async () => {
    await Promise.all(containers.map(untilWell));
    const gateway = containers.find(({ name }) => name === 'gateway')!;
    // each is well by itself; that the gateway finds them all may take another moment
    await untilReady(`http://127.0.0.1:${gateway.env['PORT']}`);
    // a bad log-in crosses gateway, bus, identity and database
    const logIn = await fetch(`http://127.0.0.1:${gateway.env['PORT']}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' }),
    });
    expect(logIn.status).toBe(401);

    const ends = containers.map(async (container) => {
      container.process.kill('SIGTERM');
      const [code] = (await once(container.process, 'exit')) as [number | null];
      return [container.name, code];
    });
    expect(await Promise.all(ends)).toEqual(containers.map(({ name }) => [name, 0]));
  },
  START_WITHIN_MS,
);

/** nats-server with the very configuration that its container mounts. */
async function startBus(): Promise<string> {
  const port = await freePort();
  const content = compose
    .configs!['nats']!.content.replace('0.0.0.0:4222', `127.0.0.1:${port}`)
    .replace('127.0.0.1:8222', `127.0.0.1:${await freePort()}`);
  const file = path.join(folder, 'nats.conf');
  fs.writeFileSync(file, content);
  nats = spawn(natsServer!, ['--config', file], { stdio: 'ignore' });
  const url = `nats://kontor:${variables['NATS_PASSWORD']}@127.0.0.1:${port}`;
  await assertNatsReachable(url);
  return url;
}

/** The image's command with the container's variables and nothing of this process's but PATH. */
function startContainer(name: string, environment: Record<string, string>): Container {
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-5_000)));
  return { name, process: child, env, output: () => output };
}

/** Asks as Docker does, with the health check of the image. */
async function untilWell({ name, process: child, env, output }: Container): Promise<void> {
  const until = Date.now() + START_WITHIN_MS * 0.7;
  for (;;) {
    const { code, output: said } = await runToEnd(process.execPath, ['docker/health.mjs'], { env });
    if (code === 0) return;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${name} is not well: ${said}\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
