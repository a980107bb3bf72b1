import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Command, Conflict, Draft, ReturnView, WaitingPhoto } from './model.ts';
import { draftKey, isNewer, type Change, type Kept, type Store } from './snapshot.ts';

interface Schema extends DBSchema {
  commands: { key: number; value: Omit<Command, 'seq'> & { seq?: number } };
  photos: { key: string; value: WaitingPhoto };
  files: { key: string; value: Blob };
  conflicts: { key: string; value: Conflict };
  drafts: { key: string; value: Draft };
  returns: { key: string; value: ReturnView };
  /** What is looked up without a network: settings, merchants, orders and articles that were seen. */
  reference: { key: string; value: unknown };
}
const STORES = ['commands', 'photos', 'files', 'conflicts', 'drafts', 'returns', 'reference'] as const;
type Writing = IDBPTransaction<Schema, (typeof STORES)[number][], 'readwrite'>;
type Database = IDBPDatabase<Schema>;

export interface ReferenceStore {
  read: <Value>(key: string) => Promise<Value | undefined>;
  keep: (key: string, value: unknown) => Promise<void>;
}

export interface DeviceStore extends Store, ReferenceStore {
  close: () => void;
}

/** The device's store. Log-out leaves it: work that waits belongs to the house, not to the session. */
export async function openDeviceStore(name = 'kontor-warehouse'): Promise<DeviceStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade: (opened) => {
      for (const store of STORES)
        opened.createObjectStore(store, store === 'commands' ? { keyPath: 'seq', autoIncrement: true } : null!);
    },
  });
  return {
    load: () => load(database),
    write: (change) => write(database, change),
    fileOf: (clientPhotoId) => database.get('files', clientPhotoId),
    read: async <Value>(key: string) => (await database.get('reference', key)) as Value | undefined,
    keep: async (key, value) => void (await database.put('reference', value, key)),
    close: () => database.close(),
  };
}

async function load(database: Database) {
  const reading = database.transaction(STORES);
  const all = <Name extends 'photos' | 'conflicts' | 'drafts' | 'returns'>(name: Name) =>
    reading.objectStore(name).getAll() as Promise<Schema[Name]['value'][]>;
  const [commands, photos, conflicts, drafts, returns] = await Promise.all([
    reading.objectStore('commands').getAll() as Promise<Command[]>,
    all('photos'),
    all('conflicts'),
    all('drafts'),
    all('returns'),
  ]);
  return {
    commands,
    photos: new Map(photos.map((photo) => [photo.clientPhotoId, photo])),
    conflicts: new Map(conflicts.map((conflict) => [conflict.returnId, conflict])),
    drafts: new Map(drafts.map((draft) => [draftKey(draft), draft])),
    returns: new Map(returns.map((view) => [view.id, view])),
  };
}

/** `strict`: a battery that dies a moment later loses nothing. */
async function write(database: Database, change: Change): Promise<Kept> {
  const writing = database.transaction([...STORES], 'readwrite', { durability: 'strict' });
  const done = writing.done;
  try {
    const [kept] = await Promise.all([inTransaction(writing, change), done]);
    return kept;
  } catch (error) {
    // the transaction tells why, for instance that the device is full
    await done.catch((reason: unknown) => Promise.reject((reason ?? error) as Error));
    throw error;
  }
}

async function inTransaction(writing: Writing, { add = [], ...change }: Change): Promise<Kept> {
  const commands = writing.objectStore('commands');
  const added: Command[] = [];
  for (const command of add) added.push({ ...command, seq: await commands.add({ ...command }) });
  for (const command of change.put ?? []) await commands.put(command);
  for (const seq of change.removeCommands ?? []) await commands.delete(seq);
  await writePhotos(writing, change);
  await writeMap(writing, 'conflicts', change.putConflicts, ({ returnId }) => returnId, change.removeConflicts);
  await writeMap(writing, 'drafts', change.putDrafts, draftKey, change.removeDrafts);
  const returns = writing.objectStore('returns');
  for (const view of change.putReturns ?? [])
    if (isNewer(view, await returns.get(view.id))) await returns.put(view, view.id);
  for (const id of change.removeReturns ?? []) await returns.delete(id);
  return { ...change, put: [...(change.put ?? []), ...added] };
}

async function writePhotos(writing: Writing, { putPhotos = [], removePhotos = [] }: Change): Promise<void> {
  for (const { photo, file } of putPhotos) {
    await writing.objectStore('photos').put(photo, photo.clientPhotoId);
    if (file) await writing.objectStore('files').put(file, photo.clientPhotoId);
  }
  for (const id of removePhotos)
    await Promise.all([writing.objectStore('photos').delete(id), writing.objectStore('files').delete(id)]);
}

async function writeMap<Name extends 'conflicts' | 'drafts'>(
  writing: Writing,
  name: Name,
  put: readonly Schema[Name]['value'][] = [],
  keyOf: (value: Schema[Name]['value']) => string,
  remove: readonly string[] = [],
): Promise<void> {
  const store = writing.objectStore(name);
  for (const value of put) await store.put(value, keyOf(value));
  for (const key of remove) await store.delete(key);
}
