import type { Command, Conflict, Draft, NewCommand, ReturnView, WaitingPhoto } from './model.ts';

/** Everything this device keeps about returns; the bytes of photos stay in the store. */
export interface Snapshot {
  /** By `seq`. */
  commands: readonly Command[];
  photos: ReadonlyMap<string, WaitingPhoto>;
  /** By return. */
  conflicts: ReadonlyMap<string, Conflict>;
  /** By {@link draftKey}. */
  drafts: ReadonlyMap<string, Draft>;
  /** The server's last word on returns it knows. */
  returns: ReadonlyMap<string, ReturnView>;
}

export const EMPTY: Snapshot = {
  commands: [],
  photos: new Map(),
  conflicts: new Map(),
  drafts: new Map(),
  returns: new Map(),
};

/** What one transaction changes: all of it is kept, or nothing. */
export interface Change {
  add?: readonly NewCommand[];
  put?: readonly Command[];
  removeCommands?: readonly number[];
  putPhotos?: readonly { photo: WaitingPhoto; file?: Blob }[];
  removePhotos?: readonly string[];
  putConflicts?: readonly Conflict[];
  removeConflicts?: readonly string[];
  putDrafts?: readonly Draft[];
  removeDrafts?: readonly string[];
  /** An older version than the one that is kept changes nothing. */
  putReturns?: readonly ReturnView[];
  removeReturns?: readonly string[];
}

/** A change as it was kept: its new commands have their place. */
export type Kept = Omit<Change, 'add'>;

/** Where it is kept. Every write is one transaction and is on the disk when it resolves. */
export interface Store {
  load: () => Promise<Snapshot>;
  /** @throws DOMException `QuotaExceededError`: nothing of the change was kept */
  write: (change: Change) => Promise<Kept>;
  fileOf: (clientPhotoId: string) => Promise<Blob | undefined>;
}

export const draftKey = ({ returnId, itemId }: Pick<Draft, 'returnId' | 'itemId'>): string => `${returnId}/${itemId}`;

/** The snapshot after a change that was kept. Applying it twice is harmless: other tabs tell of what is loaded too. */
export function after(before: Snapshot, kept: Kept): Snapshot {
  return {
    commands: commandsAfter(before.commands, kept),
    photos: mapAfter(
      before.photos,
      kept.putPhotos?.map(({ photo }) => photo),
      ({ clientPhotoId }) => clientPhotoId,
      kept.removePhotos,
    ),
    conflicts: mapAfter(before.conflicts, kept.putConflicts, ({ returnId }) => returnId, kept.removeConflicts),
    drafts: mapAfter(before.drafts, kept.putDrafts, draftKey, kept.removeDrafts),
    returns: mapAfter(
      before.returns,
      kept.putReturns?.filter((view) => isNewer(view, before.returns.get(view.id))),
      ({ id }) => id,
      kept.removeReturns,
    ),
  };
}

export const isNewer = (view: ReturnView, known: ReturnView | undefined): boolean =>
  !known || view.version >= known.version;

function commandsAfter(before: readonly Command[], { put = [], removeCommands = [] }: Kept): readonly Command[] {
  if (!put.length && !removeCommands.length) return before;
  const bySeq = new Map(before.map((command) => [command.seq, command]));
  for (const command of put) bySeq.set(command.seq, command);
  for (const seq of removeCommands) bySeq.delete(seq);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function mapAfter<Value>(
  before: ReadonlyMap<string, Value>,
  put: readonly Value[] = [],
  keyOf: (value: Value) => string,
  remove: readonly string[] = [],
): ReadonlyMap<string, Value> {
  if (!put.length && !remove.length) return before;
  const next = new Map(before);
  for (const value of put) next.set(keyOf(value), value);
  for (const key of remove) next.delete(key);
  return next;
}
