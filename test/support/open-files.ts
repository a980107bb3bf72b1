import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How many file descriptors this process has open. */
export const openFiles = (): number => readdirSync('/dev/fd').length;

/** Waits until a condition holds; fails with its last value after two seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 2_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`Not so within ${withinMs} ms: ${holds}`);
    await sleep(20);
  }
}
