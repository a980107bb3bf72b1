import { openDeviceStore } from './idb-store.ts';
import type { Snapshot } from './snapshot.ts';

/** What of somebody's work is on this device only. */
export interface Unsent {
  /** Without those that only bring a photo. */
  steps: number;
  photos: number;
}

/** Those photos count too whose finding is not written down yet. */
export const unsentOf = ({ commands, photos }: Pick<Snapshot, 'commands' | 'photos'>, userId: string): Unsent => ({
  steps: commands.filter(({ author, step }) => author.id === userId && step.kind !== 'photo').length,
  photos: [...photos.values()].filter(({ author }) => author.id === userId).length,
});

/** Looks into the device's store, without opening the desk. */
export async function unsentHere(userId: string): Promise<Unsent> {
  const store = await openDeviceStore();
  try {
    return unsentOf(await store.load(), userId);
  } finally {
    store.close();
  }
}
