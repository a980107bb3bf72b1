import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How many file descriptors this process has open. */
export const openFiles = (): number => readdirSync('/dev/fd').length;

/** What a process has open: its files by their paths, and how many connections come in at its port. */
export function heldBy(pid: number, port: number): { files: string[]; connections: number } {
  const incoming = new Set(socketsAt(pid, port));
  const held = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => targetOf(`/proc/${pid}/fd/${fd}`) ?? []);
  return {
    files: held.filter((target) => target.startsWith('/') && !target.startsWith('/dev/')).toSorted(),
    connections: held.filter((target) => incoming.has(target)).length,
  };
}

/** Sockets at a local port, the listening one apart, as descriptors name them (proc(5), /proc/net/tcp). */
function socketsAt(pid: number, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const LISTENING = '0A';
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${hex}`) && state !== LISTENING)
    .map((columns) => `socket:[${columns[9]}]`);
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

/** Waits until a condition holds; fails with its last value after two seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`Not so within ${withinMs} ms: ${holds}`);
    await sleep(20);
  }
}
