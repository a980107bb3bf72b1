import { setTimeout as sleep } from 'node:timers/promises';

/** Does the work for every item, a few at a time, in order of the items. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Asks again until there is an answer. @throws Error that names what was waited for */
export async function until<Result>(
  what: string,
  ask: () => Promise<Result | undefined>,
  { everyMs = 300, withinMs = 180_000 } = {},
): Promise<Result> {
  for (const end = performance.now() + withinMs; ; await sleep(everyMs)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited ${withinMs / 1_000} seconds in vain for ${what}`);
  }
}
