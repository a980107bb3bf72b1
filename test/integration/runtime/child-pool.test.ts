import { afterEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openChildPool, type ChildPool, type ChildPoolOptions } from '../../../shared/runtime/child-pool.ts';
import type { FaultyRequest } from '../../support/faulty-child.ts';
import { eventually, openFiles } from '../../support/open-files.ts';

const module = new URL('../../support/faulty-child.ts', import.meta.url);
const pools: ChildPool<FaultyRequest, unknown>[] = [];

function open(options: Partial<ChildPoolOptions> = {}): ChildPool<FaultyRequest, unknown> {
  const pool = openChildPool<FaultyRequest, unknown>({ module, title: 'kontor-test', size: 1, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('tasks and answers cross as structured clones', async () => {
  const bytes = randomBytes(3_000_000);
  const others = { at: new Date(0), big: 12n, list: new Map([['a', [1]]]), none: undefined };
  const answer = (await open().run({ do: 'echo', value: { bytes, ...others } })) as typeof others & { bytes: Buffer };
  expect(Buffer.from(answer.bytes).equals(bytes)).toBe(true);
  expect(answer).toMatchObject(others);
});

test('children start when they are needed, never more than allowed, and bear their title', async () => {
  const pool = open({ size: 2 });
  expect(pool.pids()).toEqual([]);
  await pool.run({ do: 'sleep', ms: 1 });
  expect(pool.pids()).toHaveLength(1);
  const workers = await Promise.all(Array.from({ length: 8 }, () => pool.run({ do: 'sleep', ms: 50 })));
  expect(new Set(workers)).toEqual(new Set(pool.pids()));
  expect(pool.pids()).toHaveLength(2);
  expect(await pool.run({ do: 'describe' })).toMatchObject({ title: 'kontor-test' });
});

test('a child sees no secrets of the environment', async () => {
  process.env['KONTOR_TEST_SECRET'] = 'canary';
  try {
    const { environment } = (await open().run({ do: 'describe' })) as { environment: string[] };
    expect(environment).toContain('PATH');
    expect(environment.filter((name) => /KONTOR|SECRET|PASSWORD|URL/.test(name))).toEqual([]);
  } finally {
    delete process.env['KONTOR_TEST_SECRET'];
  }
});

test('errors cross with all that callers look at, and the child works on', async () => {
  const pool = open();
  await expect(pool.run({ do: 'refuse' })).rejects.toMatchObject({
    name: 'AppError',
    code: 422,
    type: 'NOT_LIKE_THIS',
    message: 'Not like this',
    data: { field: 'a' },
  });
  const [pid] = pool.pids();
  const bug = await pool.run({ do: 'fail' }).catch((error: Error) => error);
  expect(bug).toMatchObject({ message: 'a bug', stack: expect.stringContaining('faulty-child.ts') });
  expect(bug).not.toHaveProperty('type');
  await expect(pool.run({ do: 'answer-a-function' })).rejects.toThrow(/could not be cloned/);
  expect(pool.pids()).toEqual([pid]);
});

test.each([
  [{ do: 'kill', signal: 'SIGSEGV' }, { signal: 'SIGSEGV' }],
  [{ do: 'kill', signal: 'SIGKILL' }, { signal: 'SIGKILL' }],
  [{ do: 'exit', code: 3 }, { exitCode: 3 }],
  [{ do: 'exit', code: 0 }, { exitCode: 0 }],
] as [FaultyRequest, object][])('%j costs its own task only', async (fault, data) => {
  const pool = open({ size: 2 });
  const neighbour = pool.run({ do: 'sleep', ms: 400 });
  const victim = pool.run(fault);
  const next = pool.run({ do: 'echo', value: 'next' });
  await expect(victim).rejects.toMatchObject({ code: 503, type: 'CHILD_CRASHED', data });
  expect(await next).toBe('next');
  expect(typeof (await neighbour)).toBe('number');
});

test('twenty crashes in a row leave no process and no descriptor', async () => {
  const pool = open();
  await pool.run({ do: 'describe' });
  const before = openFiles();
  const seen = new Set<number>();
  for (let n = 0; n < 20; n++) {
    await expect(pool.run({ do: 'kill', signal: 'SIGSEGV' })).rejects.toMatchObject({ type: 'CHILD_CRASHED' });
    seen.add(((await pool.run({ do: 'describe' })) as { pid: number }).pid);
  }
  expect(seen.size).toBe(20);
  expect([...seen].filter(alive)).toEqual(pool.pids());
  await eventually(() => openFiles() <= before);
});

test('a child that dies idle is replaced', async () => {
  const pool = open();
  await pool.run({ do: 'describe' });
  const [pid] = pool.pids();
  process.kill(pid!, 'SIGKILL');
  await eventually(() => pool.pids().length === 0);
  expect(await pool.run({ do: 'echo', value: 1 })).toBe(1);
});

test.each([{ do: 'block' }, { do: 'sleep', ms: 60_000 }] as FaultyRequest[])(
  '%j is killed at the deadline and the next task gets a new child',
  async (request) => {
    const pool = open({ deadlineMs: 1_500 });
    await pool.run({ do: 'describe' });
    const [pid] = pool.pids();
    const stuck = pool.run(request);
    const next = pool.run({ do: 'echo', value: 'next' });
    await expect(stuck).rejects.toMatchObject({ code: 503, type: 'CHILD_TIMED_OUT', data: { deadlineMs: 1_500 } });
    expect(await next).toBe('next');
    // it is told to end before the next one begins; when the system has ended it is up to the system
    await eventually(() => !alive(pid!));
  },
);

test('a child without work ends, and the next task gets another', async () => {
  const pool = open({ size: 2, idleMs: 200 });
  const first = await pool.run({ do: 'sleep', ms: 1 });
  expect(pool.pids()).toEqual([first]);
  await eventually(() => pool.pids().length === 0 && !alive(first as number));
  expect(await pool.run({ do: 'sleep', ms: 400 })).not.toBe(first);
  expect(pool.pids()).toHaveLength(1);
});

test('a child is replaced after its share of tasks', async () => {
  const pool = open({ maxTasks: 2 });
  const workers: number[] = [];
  for (let n = 0; n < 5; n++) workers.push(((await pool.run({ do: 'describe' })) as { pid: number }).pid);
  expect(new Set(workers).size).toBe(3);
  expect(workers[0]).toBe(workers[1]);
  await eventually(() => workers.slice(0, 4).every((pid) => !alive(pid)));
});

test('a child that has grown too large is replaced, and one that outgrows its heap only crashes', async () => {
  const pool = open({ memoryLimitMb: 150 });
  const first = await pool.run({ do: 'grow', megabytes: 1 });
  expect(await pool.run({ do: 'grow', megabytes: 200 })).toBe(first);
  expect(await pool.run({ do: 'grow', megabytes: 1 })).not.toBe(first);
  await expect(pool.run({ do: 'exhaust-heap' })).rejects.toMatchObject({
    type: 'CHILD_CRASHED',
    cause: expect.stringContaining('heap'),
  });
  expect(await pool.run({ do: 'echo', value: 1 })).toBe(1);
});

test('when too many tasks wait the next is refused at once', async () => {
  const pool = open({ maxWaiting: 2 });
  const accepted = [1, 2, 3].map((value) => pool.run({ do: 'echo', value }));
  await expect(pool.run({ do: 'echo', value: 4 })).rejects.toMatchObject({ code: 503, type: 'BUSY' });
  expect(await Promise.all(accepted)).toEqual([1, 2, 3]);
  expect(await open({ maxWaiting: 0 }).run({ do: 'echo', value: 5 })).toBe(5);
});

test('closing lets running tasks finish, refuses the others and ends every child', async () => {
  const pool = open({ size: 2 });
  await pool.run({ do: 'describe' });
  const running = [1, 2].map(() => pool.run({ do: 'sleep', ms: 300 }));
  const waiting = pool.run({ do: 'echo', value: 1 });
  const pids = pool.pids();
  const closed = pool.close();
  await expect(waiting).rejects.toMatchObject({ type: 'BUSY' });
  await expect(pool.run({ do: 'echo', value: 1 })).rejects.toMatchObject({ type: 'BUSY' });
  await closed;
  expect(pids.filter(alive)).toEqual([]);
  expect(new Set(await Promise.all(running))).toEqual(new Set(pids));
});

test('a module that cannot start fails its tasks instead of hanging', async () => {
  const pool = open({ module: new URL('./there-is-no-such-module.ts', import.meta.url) });
  await expect(pool.run({ do: 'describe' })).rejects.toMatchObject({
    type: 'CHILD_CRASHED',
    data: { exitCode: 1 },
    cause: expect.stringContaining('there-is-no-such-module'),
  });
});

test('children go when their parent is killed', async () => {
  const script = fileURLToPath(new URL('../../support/pool-parent.ts', import.meta.url));
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const children = JSON.parse(line.toString()) as number[];
  expect(children).toHaveLength(2);
  expect(children.every(alive)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(() => !children.some(alive));
});
