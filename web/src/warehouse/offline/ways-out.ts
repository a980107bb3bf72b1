import { commandsOf, type Outbox } from './outbox.ts';
import type { Author, Command, Step, WaitingPhoto } from './model.ts';
import type { Change, Snapshot } from './snapshot.ts';

/** What a person can do about a return that the server refused. */

/** Sends the refused step once more, for instance after the other worker is done. */
export const retryReturn = (outbox: Outbox, returnId: string): Promise<void> =>
  outbox.keep({ removeConflicts: [returnId] });

/** Adds to the refused step what the server missed, and sends it again. */
export async function amendStep(outbox: Outbox, seq: number, missing: Record<string, unknown>): Promise<void> {
  const refused = outbox.snapshot().commands.find((command) => command.seq === seq);
  if (!refused || refused.step.kind === 'photo') return;
  const step = { ...refused.step, body: { ...refused.step.body, ...missing } } as Step;
  // another request, so it needs another Idempotency-Key
  await outbox.keep({
    put: [{ ...refused, id: `${refused.id}+${Object.keys(missing).join()}`, step }],
    removeConflicts: [refused.returnId],
  });
}

/** Lets somebody else's work go out under one's own name; never by itself. */
export const adoptReturn = (outbox: Outbox, returnId: string, author: Author): Promise<void> =>
  outbox.keep({ put: commandsOf(outbox.snapshot(), returnId).map((command) => ({ ...command, author })) });

/** What goes with a step when it is given up. */
export interface Loss {
  steps: readonly Command[];
  photos: readonly WaitingPhoto[];
}

/** Everything of a return that the server does not have. */
export const lossOf = (snapshot: Snapshot, returnId: string): Loss => ({
  steps: commandsOf(snapshot, returnId).filter(({ step }) => step.kind !== 'photo'),
  photos: [...snapshot.photos.values()].filter((photo) => photo.returnId === returnId),
});

/** Gives up all that waits of a return, after the worker has seen {@link lossOf} it. */
export async function discardReturn(outbox: Outbox, returnId: string): Promise<void> {
  const snapshot = outbox.snapshot();
  const unborn = commandsOf(snapshot, returnId).some(({ step }) => step.kind === 'create');
  await outbox.keep({
    ...removal(commandsOf(snapshot, returnId)),
    removePhotos: lossOf(snapshot, returnId).photos.map(({ clientPhotoId }) => clientPhotoId),
    removeDrafts: [...snapshot.drafts].filter(([, draft]) => draft.returnId === returnId).map(([key]) => key),
    removeConflicts: [returnId],
    ...(unborn ? { removeReturns: [returnId] } : {}),
  });
}

/** Whether a step can be given up alone; all that comes after the beginning of a return needs it. */
export const canDiscardAlone = ({ step }: Command): boolean => step.kind !== 'create' && step.kind !== 'receive';

/**
 * What is given up with one step: an item takes its finding and photos with it, a photo only itself. Photos of a part
 * that is not split off now stay, with the item it would have come from.
 */
export function lossOfStep(snapshot: Snapshot, refused: Command): Loss & { moved: readonly WaitingPhoto[] } {
  const { step, returnId } = refused;
  const photosOf = (holds: (photo: WaitingPhoto) => boolean) =>
    lossOf(snapshot, returnId).photos.filter((photo) => holds(photo));
  if (step.kind === 'photo')
    return { steps: [refused], photos: photosOf((photo) => photo.clientPhotoId === step.clientPhotoId), moved: [] };
  if (step.kind === 'addItem') {
    const { itemId } = step.body;
    const findings = commandsOf(snapshot, returnId).filter(
      (command) => command.step.kind === 'inspect' && command.step.body.itemId === itemId,
    );
    return { steps: [refused, ...findings], photos: photosOf((photo) => photo.itemId === itemId), moved: [] };
  }
  const partId = step.kind === 'inspect' ? step.body.partId : undefined;
  const moved = partId === undefined ? [] : photosOf((photo) => photo.itemId === partId);
  return { steps: [refused], photos: [], moved };
}

/** Gives up the refused step, and what only makes sense with it; the rest of the return goes on. */
export async function discardStep(outbox: Outbox, refused: Command): Promise<void> {
  const snapshot = outbox.snapshot();
  const { steps, photos, moved } = lossOfStep(snapshot, refused);
  const gone = new Set(photos.map(({ clientPhotoId }) => clientPhotoId));
  const uploads = commandsOf(snapshot, refused.returnId).filter(
    ({ step }) => step.kind === 'photo' && gone.has(step.clientPhotoId),
  );
  const { step } = refused;
  const itemId = step.kind === 'inspect' ? step.body.itemId : null;
  await outbox.keep({
    ...removal([...steps, ...uploads]),
    removePhotos: [...gone],
    putPhotos: moved.map((photo) => ({ photo: { ...photo, itemId } })),
    removeConflicts: [refused.returnId],
  });
}

const removal = (commands: readonly Command[]): Change => ({ removeCommands: commands.map(({ seq }) => seq) });
