import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { openDesk, type Desk } from './desk.ts';
import { applyCommands } from './offline/apply.ts';
import type { Command, Conflict, ReturnView, WaitingPhoto } from './offline/model.ts';
import type { Snapshot } from './offline/snapshot.ts';

let opened: Desk | undefined;

/** For the loader of the desk's routes: the pages below it have the desk at once. */
export async function prepareDesk(): Promise<void> {
  opened = await openDesk();
}

export function useDesk(): Desk {
  if (!opened) throw new Error('The desk is not open');
  return opened;
}

/** Everything that is kept on this device; shown again whenever some of it changes. */
export function useKept(): Snapshot {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.outbox.snapshot);
}

export const useSettings = () => useSyncExternalStore(useDesk().subscribe, useDesk().settings);
export const useSeen = () => useSyncExternalStore(useDesk().subscribe, useDesk().seen);
export const useSenderState = () => useSyncExternalStore(useDesk().subscribe, useDesk().senderState);
export const useFailures = () => useSyncExternalStore(useDesk().subscribe, useDesk().failures);

/** A return as the worker left it, and what of it is still on its way. */
export interface LocalReturn {
  view: ReturnView;
  waiting: readonly Command[];
  photos: readonly WaitingPhoto[];
  conflict: Conflict | undefined;
  /** The server has never heard of it. */
  isNew: boolean;
}

export function useLocalReturn(id: string): LocalReturn | undefined {
  const desk = useDesk();
  const kept = useKept();
  useSettings();
  useSeen();
  return localReturnOf(desk, kept, id);
}

export function localReturnOf(desk: Desk, kept: Snapshot, id: string): LocalReturn | undefined {
  const waiting = kept.commands.filter(({ returnId }) => returnId === id);
  const view = applyCommands(kept.returns.get(id), waiting, desk.known());
  return (
    view && {
      view,
      waiting,
      photos: [...kept.photos.values()].filter(({ returnId }) => returnId === id),
      conflict: kept.conflicts.get(id),
      isNew: !kept.returns.has(id),
    }
  );
}

/** A photo of this device as a blob, while it is there. */
export function useFile(clientPhotoId: string): Blob | undefined {
  const { outbox } = useDesk();
  const [file, setFile] = useState<Blob>();
  useEffect(() => {
    let current = true;
    void outbox.fileOf(clientPhotoId).then((found) => current && setFile(found));
    return () => void (current = false);
  }, [outbox, clientPhotoId]);
  return file;
}

/** What was typed last in this browser, under a name. */
export function useStored(key: string): [string | null, (value: string) => void] {
  const [value, setValue] = useState(() => localStorage.getItem(key));
  const store = useCallback(
    (next: string) => {
      localStorage.setItem(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, store];
}
