import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { decimal, id, instant, line, localDate, text } from '../schemas.ts';

export const jobUnit = z.enum(['piece', 'minute', 'hour', 'job']);
export type JobUnit = z.output<typeof jobUnit>;
/** `awaiting_approval`: the merchant was asked; `declined`: the merchant said no, which the house cancels or asks anew. */
export const jobState = z.enum(['open', 'awaiting_approval', 'declined', 'signed_off', 'cancelled']);
export type JobStateName = z.output<typeof jobState>;
/** States of a job that has not ended: it is neither billable nor called off. */
export const OPEN_JOB_STATES = ['open', 'awaiting_approval', 'declined'] as const satisfies readonly JobStateName[];

/** What the job belongs to, as people call it. */
export const jobReference = z.strictObject({
  kind: z.enum(['order', 'return', 'goodsIn', 'other']),
  number: line(80),
});

export const specialJobView = z.object({
  id,
  version: z.int(),
  merchantId: id,
  number: z.string(),
  catalogueId: id.nullable(),
  code: line(60),
  description: line(200),
  unit: jobUnit,
  /** The estimate until it is signed off, then what is billed. */
  quantity: decimal,
  estimatedQuantity: decimal,
  state: jobState,
  needsApproval: z.boolean(),
  askedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** Why the merchant declined. */
  declineReason: z.string().nullable(),
  reference: jobReference.nullable(),
  openedOn: localDate,
  serviceDate: localDate.nullable(),
  signedOffAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  /** 0 until a signed-off job was corrected. */
  revision: z.int(),
  /** Sums of what was worked; `null` while nothing was entered. */
  workedMinutes: z.int().nullable(),
  workedPieces: z.int().nullable(),
  photos: z.object({ before: z.int(), after: z.int() }),
  createdAt: instant,
});
export type SpecialJobView = z.output<typeof specialJobView>;

/** One entry of what was worked; corrected by a further one, never changed. */
export const jobWorkView = z.object({
  position: z.int().positive(),
  kind: z.enum(['started', 'stopped', 'entered']),
  /** Id of the worker; merchants are not told. */
  worker: z.string().nullable(),
  minutes: z.int().nullable(),
  pieces: z.int().nullable(),
  note: text(200, 0),
  at: instant,
});
export type JobWorkView = z.output<typeof jobWorkView>;

export const jobRevisionView = z.object({
  revision: z.int().nonnegative(),
  quantity: decimal,
  description: line(200),
  serviceDate: localDate,
  reason: z.string().nullable(),
  at: instant,
});

export const jobPhotoMoment = z.enum(['before', 'after']);
export const jobPhotoView = z.object({
  id,
  jobId: id,
  moment: jobPhotoMoment,
  clientPhotoId: z.string(),
  sha256: z.string().meta({ description: 'Of the file as it was taken; it is not kept' }),
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  uploadedAt: instant,
  links: z
    .object({ thumb: z.string(), web: z.string(), full: z.string() })
    .meta({ description: 'Paths that need no log-in, as JPEG, for at least 5 minutes' }),
});
export type JobPhotoView = z.output<typeof jobPhotoView>;

export const specialJobDetail = specialJobView.extend({
  work: z.array(jobWorkView),
  /** Every sign-off and correction, the latest last. */
  revisions: z.array(jobRevisionView),
  pictures: z.array(jobPhotoView),
});
export type SpecialJobDetail = z.output<typeof specialJobDetail>;

/** What the house offers as a special job; its price stands in the rate card, under the code. */
export const catalogueEntryView = z.object({
  id,
  version: z.int().positive(),
  code: line(60),
  name: z.object({ de: line(120), en: line(120) }),
  unit: z.enum(['piece', 'minute']),
  needsApproval: z.boolean(),
  /** Description of a new job, to be completed. */
  words: text(200, 0),
  active: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
});
export type CatalogueEntryView = z.output<typeof catalogueEntryView>;

/** A job was opened, asked about, answered, cancelled, signed off or corrected; the highest version wins. */
export const specialJobChangedV1 = defineEvent(
  'orders.special-job-changed.v1',
  z.object({
    merchantId: id,
    specialJobId: id,
    version: z.int().positive(),
    number: line(40),
    code: line(60),
    description: line(200),
    unit: jobUnit,
    estimatedQuantity: decimal,
    state: jobState,
    openedOn: localDate,
  }),
);
