import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** Prints a small table, with the machine in its first row. */
export function printTable(rows: readonly (readonly [what: string, figure: string | number])[]): void {
  const machine: [string, string] = ['cores, load', `${availableParallelism()}, ${loadavg()[0]!.toFixed(1)}`];
  const lines = [machine, ...rows].map(([what, figure]) => `| ${what} | ${figure} |`);
  console.log(['', '| what | figure |', '|---|---|', ...lines, ''].join('\n'));
}

export interface Timed<Result> {
  result: Result;
  ms: number;
}

export async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
  const start = performance.now();
  return { result: await work(), ms: performance.now() - start };
}

/**
 * Runs `count` pieces of work with so many at a time.
 * @returns milliseconds of each, and of all together
 */
export async function inParallel(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<unknown>,
): Promise<{ each: number[]; ms: number }> {
  const each: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      each.push((await timed(() => work(index))).ms);
    }
  };
  const { ms } = await timed(() => Promise.all(Array.from({ length: concurrency }, lane)));
  return { each, ms };
}

/** @param share  0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Resident megabytes of a process and its children, once in `everyMs`. */
export function watchMemory(pid: number, everyMs = 1_000): { stop: () => number[] } {
  const samples: number[] = [];
  const timer = setInterval(() => {
    const megabytes = residentMegabytes(pid);
    if (megabytes > 0) samples.push(megabytes);
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return samples;
    },
  };
}

function residentMegabytes(pid: number): number {
  try {
    const own = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const below = children.reduce((sum, child) => sum + residentMegabytes(Number(child)), 0);
    return Math.round(Number(own?.[1] ?? 0) / 1024) + below;
  } catch {
    return 0;
  }
}
