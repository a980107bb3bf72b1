import type { Command } from './model.ts';
import type { Snapshot } from './snapshot.ts';

/** The first step of every return that no person must look at first, or the one that lets a refused step go on. */
export function heads(snapshot: Snapshot): Command[] {
  const first = new Map<string, Command>();
  for (const command of snapshot.commands) {
    const { returnId } = command;
    const mayGo = !snapshot.conflicts.has(returnId) || isMissingLabel(snapshot, command);
    if (mayGo && !first.has(returnId)) first.set(returnId, command);
  }
  return [...first.values()];
}

/** The photo of the label that a refused step waits for overtakes it (A4). */
export const isMissingLabel = ({ conflicts, photos }: Snapshot, { returnId, step }: Command): boolean =>
  conflicts.get(returnId)?.code === 'LABEL_PHOTO_MISSING' &&
  step.kind === 'photo' &&
  photos.get(step.clientPhotoId)?.kind === 'label';
