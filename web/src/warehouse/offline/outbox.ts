import { newId } from './ids.ts';
import { after, EMPTY, type Change, type Kept, type Snapshot, type Store } from './snapshot.ts';
import type { Author, Command, NewCommand, Step } from './model.ts';

/** The part of a BroadcastChannel that tabs tell each other changes by. */
export interface Channel {
  postMessage: (kept: Kept) => void;
  onmessage: ((event: { data: Kept }) => void) | null;
}

/** What waits on this device, the same in every tab. */
export interface Outbox {
  snapshot: () => Snapshot;
  subscribe: (listener: () => void) => () => void;
  /** Keeps a change, then shows it. @throws what the store throws, and then nothing has changed */
  keep: (change: Change) => Promise<void>;
  /** Puts steps at the end of a return's line. */
  record: (returnId: string, author: Author, ...steps: readonly Step[]) => Promise<void>;
  fileOf: Store['fileOf'];
}

/** Opens what an earlier session, a reload or a crash left. */
export async function openOutbox(store: Store, channel: Channel, now: () => Date): Promise<Outbox> {
  let snapshot = EMPTY;
  const listeners = new Set<() => void>();
  const show = (kept: Kept) => {
    snapshot = after(snapshot, kept);
    for (const listener of listeners) listener();
  };
  const early: Kept[] = [];
  channel.onmessage = ({ data }) => void early.push(data);
  snapshot = early.reduce(after, await store.load());
  channel.onmessage = ({ data }) => show(data);
  const keep = async (change: Change) => {
    const kept = withoutFiles(await store.write(change));
    show(kept);
    channel.postMessage(kept);
  };
  return {
    snapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keep,
    record: (returnId, author, ...steps) => keep({ add: steps.map((step) => command(returnId, author, step, now())) }),
    fileOf: store.fileOf,
  };
}

export const command = (returnId: string, author: Author, step: Step, at: Date): NewCommand => ({
  id: newId(at.getTime()),
  returnId,
  author,
  at: at.toISOString(),
  step,
});

export const commandsOf = ({ commands }: Snapshot, returnId: string): Command[] =>
  commands.filter((waiting) => waiting.returnId === returnId);

/** The other tabs need not hold the bytes. */
const withoutFiles = ({ putPhotos, ...kept }: Kept): Kept =>
  putPhotos ? { ...kept, putPhotos: putPhotos.map(({ photo }) => ({ photo })) } : kept;
