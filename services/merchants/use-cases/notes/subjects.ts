import { AppError, NotFound } from '../../../../shared/kernel/errors.ts';
import type { Call } from '../../../../shared/moleculer/call.ts';
import { assertAccess } from '../../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import { runsActions } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { ActionDefinition } from '../../../../shared/protocol/define.ts';
import { merchantsActions } from '../../../../shared/protocol/merchants/actions.ts';
import { NOTE_SUBJECTS, type NoteSubject } from '../../../../shared/protocol/merchants/note-actions.ts';
import { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import { returnsActions } from '../../../../shared/protocol/returns/actions.ts';

/** How a subject is looked up; whoever may read it may read what the house notes about it. */
const LOOK_UP = {
  merchant: merchantsActions.getMerchant,
  return: returnsActions.getReturn,
  order: ordersActions.getOrder,
  invoice: runsActions.getInvoice,
  batch: returnsActions.getBatch,
} as const satisfies Record<NoteSubject, ActionDefinition>;

/**
 * Asks the owner of a subject whether it is there, in the name of whoever writes about it.
 * @returns the merchant it belongs to; null for a parcel of nobody
 * @throws NotFound, or AppError 403 when the subject is not for the actor's role
 */
export async function merchantOfSubject(
  call: Call,
  { subject, subjectId }: { subject: NoteSubject; subjectId: string },
  actor: Actor,
): Promise<string | null> {
  // the lookup is none of what the request's key and version are about
  const { id, kind, roles, scope, requestId } = actor;
  const found = await call(LOOK_UP[subject], { id: subjectId }, { id, kind, roles, scope, requestId });
  if (subject === 'merchant') return subjectId;
  return (found as { merchantId: string | null }).merchantId;
}

/** The subjects an actor may read notes about. @throws AppError 403 when there is none of those asked for */
export function readableSubjects(asked: NoteSubject | undefined, actor: Actor): NoteSubject[] {
  if (asked) assertAccess(LOOK_UP[asked], actor);
  return (asked ? [asked] : NOTE_SUBJECTS).filter((subject) => mayRead(subject, actor));
}

/** @throws NotFound for a note about something that is not for the actor's role */
export function assertReadable(subject: NoteSubject, actor: Actor): void {
  if (!mayRead(subject, actor)) throw new NotFound('note');
}

function mayRead(subject: NoteSubject, actor: Actor): boolean {
  try {
    assertAccess(LOOK_UP[subject], actor);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
