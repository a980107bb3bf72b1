import { applyCommands, type Known } from './apply.ts';
import { command, commandsOf, type Outbox } from './outbox.ts';
import { draftKey, type Snapshot } from './snapshot.ts';
import type {
  Author,
  CompleteBody,
  Draft,
  InspectBody,
  NewCommand,
  PhotoKind,
  ReturnView,
  Step,
  WaitingPhoto,
} from './model.ts';

/** What a worker does with a return. Every function keeps all of it in one transaction, or nothing. */

/** The largest file the server takes. */
export const PHOTO_MAX_BYTES = 15_000_000;
const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** A photo that cannot be kept is refused where the worker sees it. */
export class PhotoRefused extends Error {
  readonly reason: 'TYPE' | 'TOO_LARGE' | 'EMPTY' | 'DEVICE_FULL';
  constructor(reason: PhotoRefused['reason']) {
    super(`The photo was not kept: ${reason}`);
    this.reason = reason;
  }
}

export interface Shot {
  clientPhotoId: string;
  returnId: string;
  itemId: string | null;
  kind: PhotoKind;
  /** Waits for the finding it belongs to. */
  held: boolean;
}

/** The return as the worker left it, sent or not. */
export const localReturn = (snapshot: Snapshot, returnId: string, known: Known): ReturnView | undefined =>
  applyCommands(snapshot.returns.get(returnId), commandsOf(snapshot, returnId), known);

/** Begins a return that nobody announced: it is here, so it is received at once. */
export const startReturn = (
  outbox: Outbox,
  author: Author,
  returnId: string,
  create: Extract<Step, { kind: 'create' }>['body'],
  receive: Extract<Step, { kind: 'receive' }>['body'],
): Promise<void> =>
  outbox.record(returnId, author, { kind: 'create', body: create }, { kind: 'receive', body: receive });

/**
 * Keeps a photo and puts it on its way.
 * @throws PhotoRefused, and then nothing was kept
 */
export async function takePhoto(outbox: Outbox, author: Author, shot: Shot, file: Blob, at: Date): Promise<void> {
  if (!PHOTO_TYPES.includes(file.type)) throw new PhotoRefused('TYPE');
  if (!file.size) throw new PhotoRefused('EMPTY');
  if (file.size > PHOTO_MAX_BYTES) throw new PhotoRefused('TOO_LARGE');
  const photo: WaitingPhoto = {
    ...shot,
    takenAt: at.toISOString(),
    bytes: file.size,
    sha256: await sha256Of(file),
    author,
  };
  const step: Step = { kind: 'photo', clientPhotoId: shot.clientPhotoId };
  const add = shot.held ? [] : [command(shot.returnId, author, step, at)];
  try {
    await outbox.keep({ putPhotos: [{ photo, file }], add });
  } catch (error) {
    throw (error as Error | null)?.name === 'QuotaExceededError' ? new PhotoRefused('DEVICE_FULL') : error;
  }
}

/** Takes a photo back that has not been sent. */
export async function dropPhoto(outbox: Outbox, clientPhotoId: string): Promise<void> {
  const seqs = outbox
    .snapshot()
    .commands.filter(({ step }) => step.kind === 'photo' && step.clientPhotoId === clientPhotoId)
    .map(({ seq }) => seq);
  await outbox.keep({ removePhotos: [clientPhotoId], removeCommands: seqs });
}

/** Writes a finding down: the pieces it is about, the photos taken for it, and its draft is done. */
export function recordFinding(
  outbox: Outbox,
  author: Author,
  returnId: string,
  body: InspectBody,
  at: Date,
): Promise<void> {
  const snapshot = outbox.snapshot();
  const target = body.partId ?? body.itemId;
  const held = heldPhotos(snapshot, returnId, body.itemId);
  return outbox.keep({
    add: [command(returnId, author, { kind: 'inspect', body }, at), ...sendHeld(held, author, at)],
    putPhotos: held.map((photo) => ({ photo: { ...photo, itemId: target, held: false } })),
    removeDrafts: [draftKey({ returnId, itemId: body.itemId })],
  });
}

/** Ends the inspection; photos whose finding was never written stay with their item. */
export function finish(outbox: Outbox, author: Author, returnId: string, body: CompleteBody, at: Date): Promise<void> {
  const snapshot = outbox.snapshot();
  const held = heldPhotos(snapshot, returnId);
  const drafts = [...snapshot.drafts.values()].filter((draft) => draft.returnId === returnId);
  return outbox.keep({
    add: [...sendHeld(held, author, at), command(returnId, author, { kind: 'complete', body }, at)],
    putPhotos: held.map((photo) => ({ photo: { ...photo, held: false } })),
    removeDrafts: drafts.map(draftKey),
  });
}

export const saveDraft = (outbox: Outbox, draft: Draft): Promise<void> => outbox.keep({ putDrafts: [draft] });

export const heldPhotos = ({ photos }: Snapshot, returnId: string, itemId?: string): WaitingPhoto[] =>
  [...photos.values()].filter(
    (photo) => photo.held && photo.returnId === returnId && (itemId === undefined || photo.itemId === itemId),
  );

const sendHeld = (photos: readonly WaitingPhoto[], author: Author, at: Date): NewCommand[] =>
  photos.map(({ returnId, clientPhotoId }) => command(returnId, author, { kind: 'photo', clientPhotoId }, at));

/** Web cryptography exists in secure contexts only, which every real installation is. */
async function sha256Of(file: Blob): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
