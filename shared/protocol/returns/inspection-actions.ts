import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, fileAnswer, filledLine, id, instant, line, localDate, text } from '../schemas.ts';
import { disposition, grade } from './events.ts';
import { OPERATORS } from './intake-actions.ts';
import { checklistAnswer, photoKind, photoView, returnView } from './views.ts';

/** 15 MB: a 50 megapixel photo of a phone stays below it. */
const PHOTO_MAX_BYTES = 15_000_000;
const byItem = z.strictObject({ id, itemId: id });

/** Grade, finding, photos, decision: the inspection itself. */
export const inspectionActions = {
  inspectItem: defineAction({
    name: 'returns.inspectItem',
    summary: 'Record the finding for some pieces of an item; fewer than it has split it',
    rest: 'POST /returns/{id}/items/{itemId}/inspection',
    access: OPERATORS,
    params: byItem,
    body: z.strictObject({
      quantity: z.int().min(1).max(100_000),
      grade,
      reason: line(60).optional(),
      note: text(2_000, 0)
        .default('')
        .meta({ description: 'Short finding; without one the inspection cannot end (409 `ITEM_NOTE_MISSING`)' }),
      disposition: disposition.optional().meta({ description: 'Overrides what the rules say' }),
      overrideReason: line(200).optional().meta({ description: 'Why; the note counts when it is left out' }),
      partId: id.optional().meta({ description: 'Id of the part that is split off, so that a repetition splits once' }),
      serialNumbers: z.array(line(80)).max(1_000).optional().meta({
        description: 'One per piece at most; one that was not shipped with the order is flagged, never refused',
      }),
      batchNumber: line(80).nullable().optional(),
      bestBefore: localDate.nullable().optional(),
      checklist: z
        .array(z.strictObject(checklistAnswer.shape))
        .max(30)
        .optional()
        .meta({ description: 'Answers to the checklist of the article, by code; they suggest a grade' }),
      overReturnReason: line(200).optional().meta({
        description: 'Why more comes back than was shipped with the order; without it 422 `MORE_THAN_SHIPPED`',
      }),
    }),
    output: returnView,
  }),
  decideItem: defineAction({
    name: 'returns.decideItem',
    summary:
      'Decide what becomes of an item; a merchant decides on what they are asked about and what is held for them',
    rest: 'POST /returns/{id}/items/{itemId}/decision',
    access: [...OPERATORS, 'merchantDecider'],
    params: byItem,
    body: z.strictObject({ disposition, reason: filledLine(200).optional() }),
    output: returnView,
  }),
  completeReturn: defineAction({
    name: 'returns.completeReturn',
    summary:
      'End the inspection; every item goes its way. Pieces that were expected and never inspected count as missing. ' +
      'Needs an inspected item (`RETURN_NOTHING_INSPECTED`), a photo and as many of each item as the rules of the ' +
      'merchant say (`RETURN_PHOTO_MISSING`), and a note on every inspected item (`ITEM_NOTE_MISSING`)',
    rest: 'POST /returns/{id}/complete',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      nothingInside: z
        .boolean()
        .optional()
        .meta({ description: 'The parcel was empty: everything that was expected is missing' }),
    }),
    output: returnView,
  }),
  reopenReturn: defineAction({
    name: 'returns.reopenReturn',
    summary: 'Inspect again, as the next revision; not once its goods left in a closed batch',
    rest: 'POST /returns/{id}/reopen',
    access: ['lead', 'admin'],
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: returnView,
  }),
  addPhoto: defineAction({
    name: 'returns.addPhoto',
    summary: 'Keep a photo of the parcel or an item; the same photo again changes nothing',
    rest: 'POST /returns/{id}/photos',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      itemId: id.optional(),
      kind: photoKind
        .exclude(['item'])
        .optional()
        .meta({ description: 'What a photo of the parcel shows; not for one of an item' }),
      clientPhotoId: line(80).meta({ description: 'Chosen by the device, unique within the return' }),
      takenAt: instant.optional(),
    }),
    upload: { field: 'file', maxBytes: PHOTO_MAX_BYTES },
    // photos queue for the processes that decode them
    timeoutMs: 60_000,
    output: photoView,
    status: 201,
  }),
  getPhoto: defineAction({
    name: 'returns.getPhoto',
    summary: 'A photo as JPEG',
    rest: 'GET /photos/{id}/{size}',
    access: EVERYONE,
    params: z.strictObject({ id, size: z.enum(['thumb', 'web', 'full']) }),
    output: fileAnswer,
    download: true,
    signed: true,
  }),
};
