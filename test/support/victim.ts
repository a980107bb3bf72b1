import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Premises } from './product.ts';

/** The product as one process that is killed again and again; its database lives on. */
export interface Victim {
  /** Where it listens, while it does. */
  url: () => string | undefined;
  administrator: () => { email: string; password: string } | null;
  /** Starts one that ends itself at a point. @returns whether it came to the point within `withinMs`; else it is killed */
  dieAt: (point: string, withinMs?: number) => Promise<boolean>;
  /** Starts one and kills it after a while, which may be before it is up. */
  dieAfter: (ms: number) => Promise<void>;
  /** Starts one and leaves it running, until the next is started. */
  live: () => Promise<void>;
  kill: () => Promise<void>;
  /** How often a process was killed, and how long those that came up needed for it. */
  kills: () => number;
  startsMs: readonly number[];
  output: () => string;
}

interface Started {
  url: string;
  administrator: { email: string; password: string } | null;
}

const ENTRY = fileURLToPath(new URL('./crash-process.ts', import.meta.url));

/**
 * @param between  what stands between a death and the next start
 */
export function openVictim(premises: Premises, env: Record<string, string>, between: () => Promise<unknown>): Victim {
  const spare = spareProcesses(premises, env);
  const startsMs: number[] = [];
  let child: ChildProcess | undefined;
  let url: string | undefined;
  let administrator: Started['administrator'] = null;
  let kills = 0;
  const died = async (): Promise<void> => {
    if (!child) return;
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await gone;
    if (child.signalCode !== 'SIGKILL') throw new Error(`The product ended by itself:\n${spare.output()}`);
    [child, url] = [undefined, undefined];
    kills += 1;
    await between();
  };
  const start = async (point = ''): Promise<{ up: Promise<unknown>; gone: Promise<unknown> }> => {
    await died();
    const next = await spare.take();
    const begun = Date.now();
    child = next;
    const up = once(next, 'message').then(([started]: Started[]) => {
      startsMs.push(Date.now() - begun);
      ({ url } = started!);
      administrator ??= started!.administrator;
    });
    const gone = once(next, 'exit');
    next.send(point);
    return { up, gone };
  };
  return {
    ...{ url: () => url, administrator: () => administrator, kills: () => kills, startsMs, output: spare.output },
    dieAt: async (point, withinMs = 20_000) => {
      const { gone } = await start(point);
      const came = await Promise.race([gone.then(() => true), sleep(withinMs).then(() => false)]);
      await died();
      return came;
    },
    dieAfter: async (ms) => {
      const { gone } = await start();
      await Promise.race([gone, sleep(ms)]);
      await died();
    },
    live: async () => {
      const { up, gone } = await start();
      await Promise.race([up, gone.then(() => Promise.reject(new Error(`The start failed:\n${spare.output()}`)))]);
    },
    kill: async () => {
      await spare.close();
      await died();
    },
  };
}

/** The next process is loaded while this one works: a start takes less than half the time then. */
function spareProcesses(premises: Premises, env: Record<string, string>) {
  let output = '';
  const load = () => {
    const child = fork(ENTRY, {
      execArgv: [],
      env: { ...premises.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-200_000)));
    return { child, loaded: once(child, 'message') };
  };
  let next = load();
  return {
    output: () => output,
    take: async () => {
      const { child, loaded } = next;
      await loaded;
      next = load();
      return child;
    },
    close: async () => {
      const { child, loaded } = next;
      await loaded;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Does not keep the test alive when it is over earlier. */
const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
