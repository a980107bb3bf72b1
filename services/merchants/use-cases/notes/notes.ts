import { AppError, invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { AuditEntry } from '../../../../shared/messaging/audit.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { Call } from '../../../../shared/moleculer/call.ts';
import { nameOfActor } from '../../../../shared/moleculer/name-of-actor.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { assertHouse, assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../../shared/protocol/audit-actions.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { noteActions, NoteView } from '../../../../shared/protocol/merchants/note-actions.ts';
import type { MerchantsDeps } from '../../merchants.deps.ts';
import {
  findNotes,
  insertNote,
  lockLivingNote,
  lockNote,
  markDeleted,
  noteCursor,
  noteView,
  savePin,
  type NoteRow,
} from '../../persistence/note.ts';
import { assertReadable, merchantOfSubject, readableSubjects } from './subjects.ts';

export interface NotesDeps extends MerchantsDeps {
  call: Call;
}
type Actions = typeof noteActions;

/** @throws AppError 403 about a subject that is not for the role; InvalidInput for an id without its subject */
export async function listNotes(
  deps: MerchantsDeps,
  { subject, subjectId, limit, cursor }: InputOf<Actions['listNotes']>,
  actor: Actor,
): Promise<Page<NoteView>> {
  assertHouse(actor);
  if (subjectId !== undefined && subject === undefined)
    throw invalidField('subject', 'REQUIRED', 'Say what kind of thing the id is of');
  const after = readCursor(cursor, ['integer', 'instant', 'id']);
  if (after && !/^[01]$/.test(after[0]!))
    throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
  const filter = { subjects: readableSubjects(subject, actor), subjectId };
  const found = await read(deps, actor, (em) => findNotes(em, filter, after, limit + 1));
  return toPage(found, limit, noteCursor, noteView);
}

/**
 * Writes a note under the name that its author has now. The audit trail says that it was written, not what it says,
 * and names no merchant, so that nothing of it is ever in the scope of one.
 * @throws NotFound for the subject; RuleViolation `ID_TAKEN`
 */
export async function createNote(
  deps: NotesDeps,
  input: InputOf<Actions['createNote']>,
  actor: Actor,
): Promise<NoteView> {
  assertHouse(actor);
  const merchantId = await merchantOfSubject(deps.call, input, actor);
  const authorName = await nameOfActor(deps, actor);
  const { id = uuidv7(deps.now()), subject, subjectId, text, pinned } = input;
  const note: NoteRow = {
    ...{ id, version: 1, merchantId, subject, subjectId, text, pinned, createdPinned: pinned, deleted: false },
    authorId: actor.id,
    authorName,
    createdAt: deps.now(),
  };
  return transact(deps, actor, async (em, _announce, audit) => {
    if (!(await insertNote(em, note))) return repeated(await lockNote(em, id), note);
    audit(entryOf('note.written', note));
    return noteView(note);
  });
}

/** @throws NotFound; AppError 412 */
export const pinNote = (
  deps: MerchantsDeps,
  { id, pinned }: InputOf<Actions['pinNote']>,
  actor: Actor,
): Promise<NoteView> =>
  transact(deps, actor, async (em, _announce, audit) => {
    const note = await lockLivingNote(em, id);
    assertReadable(note.subject, actor);
    assertVersion(actor, note.version);
    if (note.pinned === pinned) return noteView(note);
    await savePin(em, id, pinned);
    audit(entryOf(pinned ? 'note.pinned' : 'note.unpinned', note));
    return noteView({ ...note, pinned, version: note.version + 1 });
  });

/** Takes a note out of sight; its row stays. @throws NotFound; AppError 403 `NOTE_OF_SOMEONE_ELSE`, 412 */
export const deleteNote = (
  deps: MerchantsDeps,
  { id }: InputOf<Actions['deleteNote']>,
  actor: Actor,
): Promise<Record<string, never>> =>
  transact(deps, actor, async (em, _announce, audit) => {
    const note = await lockLivingNote(em, id);
    assertReadable(note.subject, actor);
    assertVersion(actor, note.version);
    if (note.authorId !== actor.id && !actor.roles.some((role) => role === 'lead' || role === 'admin'))
      throw new AppError(403, 'NOTE_OF_SOMEONE_ELSE', 'Only its author, a lead or an administrator removes a note');
    await markDeleted(em, id, deps.now(), actor.id);
    audit(entryOf('note.deleted', note));
    return {};
  });

/** The same create again, or another one under the id of a note. */
function repeated(known: NoteRow | undefined, wanted: NoteRow): NoteView {
  const same = (['subject', 'subjectId', 'text', 'createdPinned', 'authorId'] as const).every(
    (field) => known?.[field] === wanted[field],
  );
  if (!known || known.deleted || !same) throw new RuleViolation('ID_TAKEN', 'Another note has this id');
  return asRepeated(noteView(known));
}

const entryOf = (action: AuditAction, { id, subject, subjectId, authorId }: NoteRow): AuditEntry => ({
  action,
  entity: 'note',
  entityId: id,
  merchantId: null,
  after: { subject, subjectId, authorId },
});
