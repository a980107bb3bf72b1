import type { ReturnsDeps } from '../returns.deps.ts';

/**
 * Works on each of what the clock found due, each in a transaction of its own: one that fails is logged, tried again
 * in the next round, and holds up no other.
 * @param work  says whether there was something to do
 * @returns how many there were
 */
export async function oneByOne(
  { log }: Pick<ReturnsDeps, 'log'>,
  ids: readonly string[],
  task: string,
  work: (id: string) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const id of ids)
    try {
      if (await work(id)) done += 1;
    } catch (error) {
      log.error({ err: error, id, task }, 'what was due could not be done; it is tried again');
    }
  return done;
}
