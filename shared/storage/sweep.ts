import type { ObjectStore } from './object-store.ts';

/** Where uploads wait until their owner has taken them over. */
export const INCOMING = 'incoming';

/**
 * Removes uploads that no owner took over and what killed processes left of others.
 * @param olderThan  everything last written before this instant goes; younger files are in use
 * @returns          how many files went
 */
export async function sweepIncoming(store: ObjectStore, olderThan: Date): Promise<number> {
  let removed = await store.discardUnfinished(olderThan);
  for await (const { key, modifiedAt } of store.list(INCOMING)) {
    if (modifiedAt >= olderThan) continue;
    await store.remove(key);
    removed++;
  }
  return removed;
}
