import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, fileAnswer, id, language, line, localDate, text } from '../schemas.ts';
import { ANNOUNCERS } from './intake-actions.ts';
import { returnView } from './views.ts';

/** 5 MB: five thousand lines need a tenth of it. */
const FILE_MAX_BYTES = 5_000_000;

/** One thing that is wrong with a file; the head is line 1. */
export const announcementError = z.object({
  line: z.int().positive(),
  /** Name of the field as the template in English has it; `null` for the line or the file as a whole. */
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});
export type AnnouncementError = z.output<typeof announcementError>;

export const announcementOutcome = z.object({
  /** Returns, not lines. */
  created: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  errors: z.array(announcementError),
  /** Columns of the file that mean nothing here. */
  ignoredColumns: z.array(z.string()),
});
export type AnnouncementOutcome = z.output<typeof announcementOutcome>;

/** Returns that a merchant announces as a list, and what the consumer gets to put into the parcel. */
export const announcementActions = {
  changeAnnouncedItems: defineAction({
    name: 'returns.changeAnnouncedItems',
    summary: 'Say anew what comes back, until it arrives: items with a known id are changed, those left out are gone',
    rest: 'PUT /returns/{id}/items',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject({
      items: z
        .array(
          z.strictObject({
            id: id.optional(),
            sku: line(80).optional(),
            name: text(300, 0).default(''),
            quantity: z.int().min(1).max(100_000),
            reason: line(60).optional(),
            externalReason: line(60).optional(),
          }),
        )
        .max(500),
    }),
    output: returnView,
  }),
  importAnnouncements: defineAction({
    name: 'returns.importAnnouncements',
    summary:
      'Announce returns by a CSV file, one line per article, lines with the same RMA number being one return. ' +
      'With an error in any line nothing is stored: 422 `ANNOUNCEMENTS_INVALID` with `errors` at `lines.<line>.<field>`; ' +
      'a dry run answers 200 with all of them',
    rest: 'POST /returns/announcements',
    access: ANNOUNCERS,
    params: z.strictObject({}),
    body: z.strictObject({
      merchantId: id.optional().meta({ description: 'Needed by whoever acts for several merchants' }),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Check everything, store nothing' }),
    }),
    upload: { field: 'file', maxBytes: FILE_MAX_BYTES },
    timeoutMs: 60_000,
    output: announcementOutcome,
  }),
  getAnnouncementTemplate: defineAction({
    name: 'returns.getAnnouncementTemplate',
    summary: 'An example of the file as CSV',
    rest: 'GET /returns/announcements/template.csv',
    access: EVERYONE,
    params: z.strictObject({ language: language.default('de') }),
    output: fileAnswer,
    download: true,
  }),
  sendReturnSlip: defineAction({
    name: 'returns.sendReturnSlip',
    summary:
      'Mail the consumer of the order a link to the sheet, at most once a day; ' +
      '422 `NO_ADDRESS` when no address of a consumer is known',
    rest: 'POST /returns/{id}/send-slip',
    access: [...ANNOUNCERS, 'finance'],
    params: byId,
    body: z.strictObject({
      language: language.optional().meta({ description: 'Of the consumer; the merchant’s without it' }),
    }),
    output: z.object({ messageId: id, linkEndsOn: localDate }),
    status: 202,
  }),
  getLinkedSlip: defineAction({
    name: 'returns.getLinkedSlip',
    summary: 'The sheet for the consumer, also by the signed link of the mail',
    rest: 'GET /returns/{id}/return-slip/{language}',
    access: EVERYONE,
    params: z.strictObject({ ...byId.shape, language }),
    output: fileAnswer,
    download: true,
    signed: true,
  }),
  getReturnSlip: defineAction({
    name: 'returns.getReturnSlip',
    summary: 'The sheet a consumer puts into the parcel, as PDF: address, codes of the return, articles, reasons',
    rest: 'GET /returns/{id}/return-slip.pdf',
    access: EVERYONE,
    params: z.strictObject({
      ...byId.shape,
      language: language.optional().meta({ description: 'The merchant’s without it' }),
    }),
    output: fileAnswer,
    download: true,
  }),
};
