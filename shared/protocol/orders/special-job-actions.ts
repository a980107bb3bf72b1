import { z } from 'zod';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import {
  byId,
  fileAnswer,
  filledLine,
  id,
  line,
  localDate,
  none,
  page,
  pageParams,
  positiveDecimal,
} from '../schemas.ts';
import {
  jobPhotoMoment,
  jobPhotoView,
  jobReference,
  jobState,
  jobUnit,
  specialJobDetail,
  specialJobView,
} from './special-jobs.ts';

/** 15 MB: a 50 megapixel photo of a phone stays below it. */
const PHOTO_MAX_BYTES = 15_000_000;
const LEADS = ['lead', 'finance', 'admin'] as const;
const worked = z.int().min(-10_000).max(10_000);

/** Special jobs: what was worked, the merchant's approval, the sign-off that makes it billable. */
export const specialJobActions = {
  listSpecialJobs: defineAction({
    name: 'orders.listSpecialJobs',
    summary: 'Special jobs, newest first',
    rest: 'GET /special-jobs',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: z.enum([...jobState.options, 'unfinished']).optional(),
    }),
    output: page(specialJobView),
  }),
  getSpecialJob: defineAction({
    name: 'orders.getSpecialJob',
    summary: 'A special job with what was worked, its photos and its corrections',
    rest: 'GET /special-jobs/{id}',
    access: EVERYONE,
    params: byId,
    output: specialJobDetail,
  }),
  createSpecialJob: defineAction({
    name: 'orders.createSpecialJob',
    summary: 'Opens a special job: one of the catalogue, or a free one with code, description and unit',
    rest: 'POST /special-jobs',
    access: [...STAFF, 'api'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      catalogueId: id.optional().meta({ description: 'Says code and unit, and whether the merchant is asked' }),
      code: line(60)
        .optional()
        .meta({ description: 'Code the rate card prices by; not with a catalogueId', example: 'relabel' }),
      description: line(200).optional().meta({ description: 'Without it the words of the catalogue' }),
      unit: jobUnit.optional().meta({ description: 'Not with a catalogueId' }),
      quantity: positiveDecimal.meta({ description: 'What it will probably take' }),
      needsApproval: z.boolean().optional().meta({ description: 'Asks the merchant even if the catalogue does not' }),
      reference: jobReference.optional(),
    }),
    output: specialJobView,
    status: 201,
  }),
  enterJobWork: defineAction({
    name: 'orders.enterJobWork',
    summary: 'Enters minutes or pieces that were worked; a negative entry takes back what was too much',
    rest: 'POST /special-jobs/{id}/work',
    access: STAFF,
    params: byId,
    body: z.strictObject({
      minutes: worked.optional(),
      pieces: worked.optional(),
      note: line(200, 0).default(''),
    }),
    output: specialJobView,
    status: 201,
  }),
  startJobTimer: defineAction({
    name: 'orders.startJobTimer',
    summary: 'Starts to measure the time of whoever asks',
    rest: 'POST /special-jobs/{id}/start',
    access: STAFF,
    params: byId,
    output: specialJobView,
  }),
  stopJobTimer: defineAction({
    name: 'orders.stopJobTimer',
    summary: 'Stops measuring and enters the minutes, each begun one in full',
    rest: 'POST /special-jobs/{id}/stop',
    access: STAFF,
    params: byId,
    body: z.strictObject({
      minutes: z.int().min(0).max(1_440).optional().meta({ description: 'What it really was, if the clock ran on' }),
      worker: line(64).optional().meta({ description: 'Of somebody else who went home; for a lead' }),
    }),
    output: specialJobView,
  }),
  addJobPhoto: defineAction({
    name: 'orders.addJobPhoto',
    summary: 'Keep a photo from before or after the work; the same photo again changes nothing',
    rest: 'POST /special-jobs/{id}/photos',
    access: STAFF,
    params: byId,
    body: z.strictObject({
      moment: jobPhotoMoment,
      clientPhotoId: line(80).meta({ description: 'Chosen by the device, unique within the job' }),
    }),
    upload: { field: 'file', maxBytes: PHOTO_MAX_BYTES },
    // photos queue for the processes that decode them
    timeoutMs: 60_000,
    output: jobPhotoView,
    status: 201,
  }),
  getJobPhoto: defineAction({
    name: 'orders.getJobPhoto',
    summary: 'A photo of a special job as JPEG',
    rest: 'GET /special-job-photos/{id}/{size}',
    access: EVERYONE,
    params: z.strictObject({ id, size: z.enum(['thumb', 'web', 'full']) }),
    output: fileAnswer,
    download: true,
    signed: true,
  }),
  askJobApproval: defineAction({
    name: 'orders.askJobApproval',
    summary: 'Asks the merchant, also once more after a refusal, with the quantity it will probably take',
    rest: 'POST /special-jobs/{id}/ask-approval',
    access: STAFF,
    params: byId,
    body: z.strictObject({ quantity: positiveDecimal.optional(), description: line(200).optional() }),
    output: specialJobView,
  }),
  approveJob: defineAction({
    name: 'orders.approveJob',
    summary: 'The merchant agrees to a special job',
    rest: 'POST /special-jobs/{id}/approve',
    access: ['merchantDecider'],
    params: byId,
    output: specialJobView,
  }),
  declineJob: defineAction({
    name: 'orders.declineJob',
    summary: 'The merchant does not want a special job',
    rest: 'POST /special-jobs/{id}/decline',
    access: ['merchantDecider'],
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: specialJobView,
  }),
  cancelSpecialJob: defineAction({
    name: 'orders.cancelSpecialJob',
    summary: 'Calls a special job off before it is signed off; nothing is billed',
    rest: 'POST /special-jobs/{id}/cancel',
    access: [...LEADS, 'api'],
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: specialJobView,
  }),
  signOffSpecialJob: defineAction({
    name: 'orders.signOffSpecialJob',
    summary: 'Signs a special job off, which makes it billable; with a reason it corrects one that is signed off',
    rest: 'POST /special-jobs/{id}/sign-off',
    access: [...LEADS, 'api'],
    params: byId,
    body: z.strictObject({
      quantity: positiveDecimal
        .optional()
        .meta({ description: 'What is billed; without it what was worked, else the estimate' }),
      signedOffOn: localDate.optional().meta({ description: 'Day of the sign-off; today without it' }),
      reason: filledLine(200).optional().meta({ description: 'Why a signed-off job is corrected' }),
    }),
    output: specialJobView,
  }),
  correctSpecialJob: defineAction({
    name: 'orders.correctSpecialJob',
    summary: 'Corrects a signed-off job, billed or not: the earlier charge is taken back, the day stays',
    rest: 'POST /special-jobs/{id}/correct',
    access: LEADS,
    params: byId,
    body: z.strictObject({
      quantity: positiveDecimal.optional().meta({ description: '0 when nothing is to be billed after all' }),
      description: line(200).optional(),
      reason: filledLine(200),
    }),
    output: specialJobView,
  }),
};
