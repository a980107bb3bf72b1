import { useCallback, useEffect, useRef, useState } from 'react';
import { callApi } from '../../app/api/client.ts';
import { hasCode } from '../../app/api/errors.ts';
import { currentSession } from '../../app/session/session.ts';
import { useNotKept } from '../feedback/local-step.ts';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import { arrive, firstReceipt } from '../offline/arrival.ts';
import { draftOf, findingOf } from '../offline/draft.ts';
import { newId } from '../offline/ids.ts';
import { isWritten } from '../offline/lacks.ts';
import type { AddItemBody, Draft, Item, PhotoKind, ReceiveBody, ReturnView } from '../offline/model.ts';
import { isHere } from '../offline/reference.ts';
import { withQuantity } from '../offline/serials.ts';
import { draftKey } from '../offline/snapshot.ts';
import { dropPhoto, finish, recordFinding, saveDraft, takePhoto } from '../offline/work.ts';
import { useDesk, useKept, type LocalReturn } from '../use-desk.ts';

/** Where a photo belongs: an item, or the parcel as a whole. */
export type Target = { item: Item } | { kind: Exclude<PhotoKind, 'item'> };

const SAVE_AFTER_MS = 250;
/** A lock lasts ten minutes. */
const LOCK_AGAIN_MS = 5 * 60_000;

/** What a worker can do with the return on the table. All of it works without a network. */
export function useReturnWork({ view }: LocalReturn) {
  const desk = useDesk();
  const drafts = useDrafts(view.id);
  const { outbox } = desk;
  const { id } = view;
  const begin = async () => {
    void lock(desk, id);
    await arrive(outbox, desk.author(), id, desk.known());
  };
  /** @returns false when it says too little to be a finding; it stays a draft then */
  const commit = async (item: Item): Promise<boolean> => {
    const draft = drafts.of(item);
    if (!isWritten(draft)) return false;
    if (!drafts.isChanged(item)) return true;
    await begin();
    await recordFinding(outbox, desk.author(), id, findingOf(draft, item, draft.grade!), new Date());
    drafts.forget(item);
    return true;
  };
  return {
    drafts,
    commit,
    /** Another parcel of the same return (A6). */
    receiveParcel: async (parcel: ReceiveBody) => {
      await outbox.record(id, desk.author(), { kind: 'receive', body: { parcelId: newId(), ...parcel } });
      signalSuccess();
    },
    /** @throws PhotoRefused, and what the device's store throws */
    shoot: async (target: Target, file: Blob) => {
      await begin();
      const item = 'item' in target ? target.item : undefined;
      const held = item !== undefined && item.quantity > 1 && item.grade === null;
      const kind: PhotoKind = 'item' in target ? 'item' : target.kind;
      const shot = { clientPhotoId: newId(), returnId: id, itemId: item?.id ?? null, kind, held };
      await takePhoto(outbox, desk.author(), shot, file, new Date());
      signalSuccess();
    },
    dropPhoto: (clientPhotoId: string) => dropPhoto(outbox, clientPhotoId),
    add: async (found: AddItemBody) => {
      await begin();
      await outbox.record(id, desk.author(), { kind: 'addItem', body: found });
      signalSuccess();
    },
    end: async (nothingInside: boolean) => {
      await begin();
      for (const item of view.items) await commit(item);
      await finish(outbox, desk.author(), id, nothingInside ? { nothingInside } : {}, new Date());
      drafts.clear();
      signalSuccess();
    },
  };
}
export type ReturnWork = ReturnType<typeof useReturnWork>;

/** What is being written, shown at once and kept on the device a moment later. */
function useDrafts(returnId: string) {
  const { outbox } = useDesk();
  const notKept = useNotKept();
  const kept = useKept().drafts;
  const [written, setWritten] = useState<Record<string, Draft>>({});
  const unsaved = useRef(new Map<string, Draft>());
  const timer = useRef(0);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    for (const draft of unsaved.current.values()) void saveDraft(outbox, draft).catch(notKept);
    unsaved.current.clear();
  }, [outbox, notKept]);
  useEffect(() => {
    const hide = () => document.visibilityState === 'hidden' && save();
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      save();
    };
  }, [save]);
  const keptOf = (item: Item) => kept.get(draftKey({ returnId, itemId: item.id }));
  const of = (item: Item): Draft => {
    const draft = written[item.id] ?? keptOf(item) ?? draftOf(returnId, item);
    // some pieces may have been split off since
    return draft.quantity > item.quantity ? withQuantity(draft, item.quantity) : draft;
  };
  return {
    of,
    isChanged: (item: Item) => written[item.id] !== undefined || keptOf(item) !== undefined,
    change: (item: Item, patch: Partial<Draft>) => {
      const draft = { ...of(item), ...patch };
      setWritten((before) => ({ ...before, [item.id]: { ...draft, ...patch } }));
      unsaved.current.set(item.id, draft);
      clearTimeout(timer.current);
      timer.current = window.setTimeout(save, SAVE_AFTER_MS);
    },
    forget: (item: Item) => {
      unsaved.current.delete(item.id);
      setWritten(({ [item.id]: _done, ...rest }) => rest);
    },
    clear: () => {
      unsaved.current.clear();
      setWritten({});
    },
  };
}

/** Holds the return, and tells the server that it is here; for steps that cannot wait behind the outbox. */
export async function claim(view: ReturnView): Promise<void> {
  const { id } = view;
  await callApi('POST /returns/{id}/lock', { id });
  if (!isHere(view)) await callApi('POST /returns/{id}/receive', { id, ...firstReceipt() });
}

const locked = new Map<string, number>();

/** Tells others that somebody works on it; that somebody else does is shown as soon as it is known (A9). */
async function lock(desk: ReturnType<typeof useDesk>, id: string): Promise<void> {
  if (!desk.outbox.snapshot().returns.has(id) || Date.now() - (locked.get(id) ?? 0) < LOCK_AGAIN_MS) return;
  locked.set(id, Date.now());
  try {
    await desk.outbox.keep({ putReturns: [await callApi('POST /returns/{id}/lock', { id })] });
  } catch (error) {
    locked.delete(id);
    if (!hasCode(error, 'RETURN_LOCKED')) return;
    signalError();
    await desk.refresh(id).catch(() => undefined);
  }
}

/**
 * Lets others work on a return when its worker goes on to something else (A9). Work that still waits is sent under the
 * lock, which then ends by itself.
 */
export function useLetGo(id: string): void {
  const desk = useDesk();
  useEffect(() => () => void letGo(desk, id), [desk, id]);
}

async function letGo({ outbox }: ReturnType<typeof useDesk>, id: string): Promise<void> {
  const { returns, commands } = outbox.snapshot();
  const { user } = currentSession();
  if (!user || returns.get(id)?.lock?.userId !== user.id) return;
  if (commands.some(({ returnId }) => returnId === id)) return;
  locked.delete(id);
  // nobody waits for the answer: the lock ends by itself
  await callApi('DELETE /returns/{id}/lock', { id })
    .then((view) => outbox.keep({ putReturns: [view] }))
    .catch(() => undefined);
}
