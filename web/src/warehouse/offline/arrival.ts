import { newId } from './ids.ts';
import type { Known } from './apply.ts';
import type { Author, ReceiveBody } from './model.ts';
import type { Outbox } from './outbox.ts';
import { isHere } from './reference.ts';
import { localReturn } from './work.ts';

/** Says that a return is here because somebody works on it; once anybody has said so, it changes nothing. */
export const firstReceipt = (): ReceiveBody => ({ parcelId: newId(), onlyFirst: true });

/** Receives a return that this device does not know to be here, before the first step of work on it. */
export async function arrive(outbox: Outbox, author: Author, returnId: string, known: Known): Promise<void> {
  // asked of what is kept now: what is on the screen may be older than the step before
  const view = localReturn(outbox.snapshot(), returnId, known);
  if (!view || isHere(view)) return;
  await outbox.record(returnId, author, { kind: 'receive', body: firstReceipt() });
}
