import type { Outbox } from './outbox.ts';
import type { Command, PhotoView, ReturnView, WaitingPhoto } from './model.ts';
import type { Change } from './snapshot.ts';
import { heads, isMissingLabel } from './heads.ts';
import { createPauses } from './pauses.ts';
import { noFailures, withFailure, withoutFailure, type Failures } from './failures.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** How a step reaches the server. @throws ApiError, OfflineError */
export interface Wire {
  send: (command: Command) => Promise<ReturnView>;
  sendPhoto: (command: Command, photo: WaitingPhoto, file: Blob) => Promise<PhotoView>;
}

/** `login`: the server does not know who we are any more, so everything waits for a log-in. */
export type SenderState = 'idle' | 'sending' | 'offline' | 'login';

export interface Sender {
  state: () => SenderState;
  /** What is tried again and again, and why. */
  failures: () => Failures;
  /** Something may have become possible: a step was recorded, the network or a log-in came back. */
  wake: () => void;
  /** As {@link wake}, and whatever waits after a failure is tried at once. */
  retryNow: () => void;
  stop: () => void;
  /** Resolves when nothing is on its way. */
  settled: () => Promise<void>;
}

export interface SenderDeps {
  outbox: Outbox;
  wire: Wire;
  /** Id of the user who is logged in. */
  user: () => string | undefined;
  now: () => number;
  /** 0 to 1, so that devices do not all come back at the same moment. */
  random: () => number;
  later: (work: () => void, delayMs: number) => () => void;
  onReport?: (report: { state: SenderState; failures: Failures }) => void;
  /** Returns on their way at once. */
  lanes?: number;
}

/** Stands for all returns at once: there is no network. */
const EVERYTHING = '';
/** A pause that is over while somebody looks at the clock. */
const SHORTEST_WAIT_MS = 50;

/**
 * Sends what waits: strictly in order within a return, returns beside each other, the oldest first. A step stays until
 * the server has answered that it is done; what fails is sent again, with growing pauses, for ever; what the server
 * refuses stops its return only and waits for a person.
 */
export function createSender(deps: SenderDeps): Sender {
  const { outbox, now, lanes = 3 } = deps;
  const pauses = createPauses(now, deps.random);
  const busy = new Set<string>();
  const workers = new Set<Promise<void>>();
  let state: SenderState = 'idle';
  let failures = noFailures;
  /** Whom the server did not know any more. */
  let refusedUser: string | undefined;
  let cancelTimer: () => void = () => undefined;
  let stopped = false;

  const change = (next: SenderState) => {
    if (next === state) return;
    state = next;
    deps.onReport?.({ state, failures });
  };
  const note = (next: Failures) => {
    if (next === failures) return;
    failures = next;
    deps.onReport?.({ state, failures });
  };
  const mayTry = () => {
    const user = deps.user();
    return !stopped && user !== undefined && user !== refusedUser;
  };
  const dueAt = ({ returnId }: Command) => Math.max(pauses.until(returnId), pauses.until(EVERYTHING));
  const mine = () => heads(outbox.snapshot()).filter(({ author }) => author.id === deps.user());
  const next = () =>
    mayTry() ? mine().find((command) => !busy.has(command.returnId) && dueAt(command) <= now()) : undefined;

  /** Takes its first return before it waits for anything, so that the next worker sees another one. */
  async function work(): Promise<void> {
    for (let command = next(); command; command = next()) {
      const { returnId } = command;
      busy.add(returnId);
      change('sending');
      try {
        await outbox.keep(await sent(deps, command));
        pauses.over(returnId);
        pauses.over(EVERYTHING);
        note(withoutFailure(failures, command));
      } catch (error) {
        await failed(command, verdictOf(error)).catch(() => pauses.after(returnId));
      } finally {
        busy.delete(returnId);
      }
    }
  }

  async function failed(command: Command, verdict: Verdict): Promise<void> {
    if (verdict.kind === 'conflict') {
      await outbox.keep({ putConflicts: [conflictOf(command, verdict, now())] });
      note(withoutFailure(failures, command));
    } else if (verdict.kind === 'retry') {
      pauses.after(command.returnId, verdict.retryAfterMs);
      note(withFailure(failures, command, verdict, now()));
    } else if (verdict.kind === 'offline') pauses.after(EVERYTHING);
    else refusedUser = deps.user();
    if (verdict.kind === 'login' || verdict.kind === 'offline') change(verdict.kind);
  }

  /** Nothing can be sent now: says so, and looks again when the first pause is over. */
  function rest(): void {
    if (workers.size || stopped) return;
    const waiting = mine();
    if (state === 'sending' || !waiting.length) change('idle');
    if (waiting.length && mayTry())
      cancelTimer = deps.later(wake, Math.max(SHORTEST_WAIT_MS, Math.min(...waiting.map(dueAt)) - now()));
  }

  function wake(): void {
    cancelTimer();
    if (deps.user() !== refusedUser) refusedUser = undefined;
    while (workers.size < lanes && next()) {
      const worker = work().finally(() => {
        workers.delete(worker);
        wake();
      });
      workers.add(worker);
    }
    rest();
  }

  return {
    state: () => state,
    failures: () => failures,
    wake,
    retryNow: () => {
      pauses.allOver();
      refusedUser = undefined;
      wake();
    },
    stop: () => {
      stopped = true;
      cancelTimer();
    },
    settled: async () => {
      while (workers.size) await Promise.all(workers);
    },
  };
}

/** Sends one step. @returns what is to be kept of the answer, together with the end of the step */
async function sent({ outbox, wire }: SenderDeps, command: Command): Promise<Change> {
  const done = { removeCommands: [command.seq] };
  if (command.step.kind !== 'photo') return { ...done, putReturns: [await wire.send(command)] };
  const { clientPhotoId } = command.step;
  const photo = outbox.snapshot().photos.get(clientPhotoId);
  const file = photo && (await outbox.fileOf(clientPhotoId));
  // taken back by the worker a moment ago
  if (!photo || !outbox.snapshot().photos.has(clientPhotoId)) return done;
  if (!file) throw new PhotoLost();
  const overtook = isMissingLabel(outbox.snapshot(), command);
  const kept = await wire.sendPhoto(command, photo, file);
  const view = outbox.snapshot().returns.get(command.returnId);
  const photos = view && [...view.photos.filter(({ id }) => id !== kept.id), kept];
  return {
    ...done,
    removePhotos: [clientPhotoId],
    ...(overtook ? { removeConflicts: [command.returnId] } : {}),
    ...(view ? { putReturns: [{ ...view, photos: photos! }] } : {}),
  };
}

/** The row of a photo is here and its bytes are not: the worker has to know, and may take it again. */
class PhotoLost extends Error {
  readonly status = 410;
  readonly code = 'PHOTO_LOST';
}

const conflictOf = (
  { returnId, seq }: Command,
  { status, code, detail, errors }: Extract<Verdict, { kind: 'conflict' }>,
  at: number,
) => ({ returnId, seq, status, code, detail, errors, at: new Date(at).toISOString() });
