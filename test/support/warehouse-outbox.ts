import { openOutbox, type Channel, type Outbox } from '../../web/src/warehouse/offline/outbox.ts';
import { blankReturn } from '../../web/src/warehouse/offline/blank.ts';
import type { Author, Command, PhotoView, ReturnView } from '../../web/src/warehouse/offline/model.ts';
import { after, EMPTY, type Snapshot, type Store } from '../../web/src/warehouse/offline/snapshot.ts';
import type { Wire } from '../../web/src/warehouse/offline/sender.ts';

export const MARIA: Author = { id: 'user-maria', name: 'Maria' };
export const TOM: Author = { id: 'user-tom', name: 'Tom' };
export const AT = new Date('2026-11-21T08:00:00Z');

/** A store without a disk. It outlives the outbox, as a device outlives a crash. */
export interface MemoryStore extends Store {
  /** What the next write fails with. */
  failWith: Error | undefined;
  kept: () => Snapshot;
}

export function memoryStore(): MemoryStore {
  let snapshot = EMPTY;
  let lastSeq = 0;
  const files = new Map<string, Blob>();
  return {
    failWith: undefined,
    kept: () => snapshot,
    load: () => Promise.resolve(snapshot),
    fileOf: (id) => Promise.resolve(files.get(id)),
    write({ add = [], ...change }) {
      if (this.failWith) return Promise.reject(this.failWith);
      const added = add.map((command) => ({ ...command, seq: (lastSeq += 1) }));
      for (const { photo, file } of change.putPhotos ?? []) if (file) files.set(photo.clientPhotoId, file);
      for (const id of change.removePhotos ?? []) files.delete(id);
      const kept = { ...change, put: [...(change.put ?? []), ...added] };
      snapshot = after(snapshot, kept);
      return Promise.resolve(kept);
    },
  };
}

export const noChannel = (): Channel => ({ postMessage: () => undefined, onmessage: null });
export const openTestOutbox = (store: Store = memoryStore(), channel = noChannel()): Promise<Outbox> =>
  openOutbox(store, channel, () => AT);

export const returnOf = (id: string, fields: Partial<ReturnView> = {}): ReturnView => ({
  ...blankReturn(id, {}, AT.toISOString()),
  ...fields,
});

/** A server that keeps what it is told, once per id, and fails as it is told. */
export interface FakeServer extends Wire {
  /** Steps in the order they took effect: `return kind`. */
  done: string[];
  requests: number;
  /** Before: nothing happened. After: it happened, and the answer got lost. */
  fault: (command: Command) => { before?: unknown; after?: unknown };
}

export function fakeServer(): FakeServer {
  const effects = new Set<string>();
  const act = async (server: FakeServer, command: Command, name: string) => {
    server.requests += 1;
    await Promise.resolve();
    const fault = server.fault(command);
    if (fault.before) throw fault.before as Error;
    if (!effects.has(command.id)) server.done.push(name);
    effects.add(command.id);
    if (fault.after) throw fault.after as Error;
  };
  return {
    done: [],
    requests: 0,
    fault: () => ({}),
    async send(command) {
      await act(this, command, `${command.returnId} ${command.step.kind}`);
      return returnOf(command.returnId);
    },
    async sendPhoto(command, photo) {
      await act(this, command, `${command.returnId} photo ${photo.clientPhotoId}`);
      return { id: `id-${photo.clientPhotoId}`, clientPhotoId: photo.clientPhotoId } as PhotoView;
    },
  };
}

export const problem = (status: number, code: string, more: object = {}): Error =>
  Object.assign(new Error(code), { name: 'ApiError', status, code, detail: code, errors: [], ...more });
export const offline = (): Error => Object.assign(new Error('away'), { name: 'OfflineError' });
