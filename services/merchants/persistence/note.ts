import { NotFound } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { NoteSubject, NoteView } from '../../../shared/protocol/merchants/note-actions.ts';

export interface NoteRow extends Omit<NoteView, 'createdAt'> {
  merchantId: string | null;
  createdPinned: boolean;
  createdAt: Date;
  deleted: boolean;
}

const COLUMNS = sql`id, version, merchant_id as "merchantId", subject, subject_id as "subjectId", text, pinned,
  created_pinned as "createdPinned", author_id as "authorId", author_name as "authorName", created_at as "createdAt",
  deleted_at is not null as deleted`;

/** A note by its id, locked, deleted or not. */
export async function lockNote(em: EntityManager, id: string): Promise<NoteRow | undefined> {
  const found = await firstRow<NoteRow>(em, sql`select ${COLUMNS} from merchants.note where id = ${id} for update`);
  return found && fromRow(found);
}

/** @throws NotFound, also for a note that is deleted */
export async function lockLivingNote(em: EntityManager, id: string): Promise<NoteRow> {
  const note = await lockNote(em, id);
  if (!note || note.deleted) throw new NotFound('note');
  return note;
}

/** @returns false when a note with this id is there */
export async function insertNote(em: EntityManager, note: NoteRow): Promise<boolean> {
  const inserted = await affected(
    em,
    sql`insert into merchants.note (id, merchant_id, subject, subject_id, text, pinned, created_pinned, author_id, author_name, created_at)
        values (${note.id}, ${note.merchantId}, ${note.subject}, ${note.subjectId}, ${note.text}, ${note.pinned}, ${note.createdPinned},
                ${note.authorId}, ${note.authorName}, ${note.createdAt.toISOString()})
        on conflict (id) do nothing`,
  );
  return inserted > 0;
}

export const savePin = (em: EntityManager, id: string, pinned: boolean): Promise<number> =>
  affected(em, sql`update merchants.note set pinned = ${pinned}, version = version + 1 where id = ${id}`);

export const markDeleted = (em: EntityManager, id: string, at: Date, by: string): Promise<number> =>
  affected(
    em,
    sql`update merchants.note set deleted_at = ${at.toISOString()}, deleted_by = ${by}, version = version + 1 where id = ${id}`,
  );

/** @param subjects  those that may be read; one of them with `subjectId` */
export async function findNotes(
  em: EntityManager,
  { subjects, subjectId }: { subjects: readonly NoteSubject[]; subjectId: string | undefined },
  after: string[] | undefined,
  limit: number,
): Promise<NoteRow[]> {
  const [pinned = null, at = null, id = null] = after ?? [];
  const found = await rows<NoteRow>(
    em,
    sql`select ${COLUMNS} from merchants.note
        where deleted_at is null and subject = any(${[...subjects]}::text[])
          and (${subjectId ?? null}::uuid is null or subject_id = ${subjectId ?? null}::uuid)
          and (${id}::uuid is null or (pinned, created_at, id) < (${pinned}::int::boolean, ${at}::timestamptz, ${id}::uuid))
        order by pinned desc, created_at desc, id desc limit ${limit}`,
  );
  return found.map(fromRow);
}

/** The place of a note in its list. */
export const noteCursor = ({ pinned, createdAt, id }: NoteRow): string[] => [
  pinned ? '1' : '0',
  createdAt.toISOString(),
  id,
];

export const noteView = (note: NoteRow): NoteView => ({
  id: note.id,
  version: note.version,
  subject: note.subject,
  subjectId: note.subjectId,
  text: note.text,
  pinned: note.pinned,
  authorId: note.authorId,
  authorName: note.authorName,
  createdAt: note.createdAt.toISOString(),
});

const fromRow = (row: NoteRow): NoteRow => ({ ...row, createdAt: new Date(row.createdAt) });
