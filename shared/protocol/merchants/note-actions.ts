import { z } from 'zod';
import { defineAction, STAFF } from '../define.ts';
import { byId, id, instant, none, page, pageParams, text } from '../schemas.ts';

export const NOTE_SUBJECTS = ['merchant', 'return', 'order', 'invoice', 'batch'] as const;
export type NoteSubject = (typeof NOTE_SUBJECTS)[number];
const subject = z.enum(NOTE_SUBJECTS);

const noteView = z.object({
  id,
  version: z.int(),
  subject,
  subjectId: id,
  text: z.string(),
  pinned: z.boolean(),
  authorId: id,
  authorName: z.string().meta({ description: 'As it was when the note was written' }),
  createdAt: instant,
});
export type NoteView = z.output<typeof noteView>;

/** What the house notes for itself. Merchants have no way to it, neither people nor API keys. */
export const noteActions = {
  listNotes: defineAction({
    name: 'merchants.listNotes',
    summary: 'Internal notes, pinned ones first, then the newest',
    rest: 'GET /notes',
    access: STAFF,
    params: z.strictObject({
      ...pageParams,
      subject: subject.optional(),
      subjectId: id.optional().meta({ description: 'Together with `subject`' }),
    }),
    output: page(noteView),
  }),
  createNote: defineAction({
    name: 'merchants.createNote',
    summary: 'Note something for the house only; a note is never changed, only followed by another one',
    rest: 'POST /notes',
    access: STAFF,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      subject,
      subjectId: id,
      text: text(4_000),
      pinned: z.boolean().default(false),
    }),
    output: noteView,
    status: 201,
  }),
  pinNote: defineAction({
    name: 'merchants.pinNote',
    summary: 'Pin a note to the top, or no longer',
    rest: 'PATCH /notes/{id}',
    access: STAFF,
    params: byId,
    body: z.strictObject({ pinned: z.boolean() }),
    output: noteView,
  }),
  deleteNote: defineAction({
    name: 'merchants.deleteNote',
    summary: 'Remove a note: the own one, or any as a lead or administrator; the audit trail keeps that it was there',
    rest: 'DELETE /notes/{id}',
    access: STAFF,
    params: byId,
    output: none,
    status: 204,
  }),
};
