import { z } from 'zod';
import { RETURN_REASONS } from './return-reasons.ts';
import { defineAction } from '../define.ts';
import { byId, fileAnswer, filledText, id, localDate, none, page, pageParams } from '../schemas.ts';
import {
  collectionItemView,
  collectionRunSummary,
  collectionRunView,
  directDebitState,
  directDebitView,
} from './direct-debit-views.ts';
import { mandateActions } from './mandate-actions.ts';

const FINANCE = ['finance', 'admin'] as const;
const withReason = z.strictObject({ reason: filledText(500) });
const seen = z.strictObject({ items: z.int().min(1).max(100_000), totalMinor: z.int().positive() });

/** Mandates, and what is collected by them. */
export const directDebitActions = {
  ...mandateActions,
  listDirectDebits: defineAction({
    name: 'billing.listDirectDebits',
    summary: 'Invoices that are to be collected or came back, by the day of collection',
    rest: 'GET /direct-debits',
    access: FINANCE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: directDebitState.optional(),
    }),
    output: page(directDebitView),
  }),
  holdDirectDebit: defineAction({
    name: 'billing.holdDirectDebit',
    summary: 'Leaves an invoice out of collections until somebody lets it in again',
    rest: 'POST /direct-debits/{id}/hold',
    access: FINANCE,
    params: byId,
    body: withReason,
    output: directDebitView,
  }),
  releaseDirectDebit: defineAction({
    name: 'billing.releaseDirectDebit',
    summary: 'Lets an invoice be collected again that came back or was held',
    rest: 'POST /direct-debits/{id}/release',
    access: FINANCE,
    params: byId,
    output: directDebitView,
  }),
  proposeCollection: defineAction({
    name: 'billing.proposeCollection',
    summary: 'Proposes what to collect up to a day; a proposal there is, is made anew',
    rest: 'POST /collection-runs',
    access: FINANCE,
    params: none,
    body: z.strictObject({ collectUntil: localDate }),
    output: collectionRunView,
    status: 201,
  }),
  listCollectionRuns: defineAction({
    name: 'billing.listCollectionRuns',
    summary: 'Collection runs, newest first',
    rest: 'GET /collection-runs',
    access: FINANCE,
    params: z.strictObject({ ...pageParams }),
    output: page(collectionRunSummary),
  }),
  getCollectionRun: defineAction({
    name: 'billing.getCollectionRun',
    summary: 'A collection run with its items',
    rest: 'GET /collection-runs/{id}',
    access: FINANCE,
    params: byId,
    output: collectionRunView,
  }),
  removeCollectionItem: defineAction({
    name: 'billing.removeCollectionItem',
    summary: 'Takes an invoice out of a proposal',
    rest: 'POST /collection-items/{id}/remove',
    access: FINANCE,
    params: byId,
    output: collectionRunView,
  }),
  approveCollection: defineAction({
    name: 'billing.approveCollection',
    summary: 'Approves a proposal as it was seen and writes its file; 409 when something was paid or changed since',
    rest: 'POST /collection-runs/{id}/approve',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ seen }),
    output: collectionRunView,
  }),
  getCollectionFile: defineAction({
    name: 'billing.getCollectionFile',
    summary: 'The file for the bank, pain.008.001.08; the same bytes each time',
    rest: 'GET /collection-runs/{id}/pain008.xml',
    access: FINANCE,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  submitCollection: defineAction({
    name: 'billing.submitCollection',
    summary:
      'Notes that the bank has the file; books nothing. 409 when something was paid or changed since the approval',
    rest: 'POST /collection-runs/{id}/submit',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      handedInOn: localDate.optional().meta({ description: 'The day on which the bank got it; today without it' }),
    }),
    output: collectionRunView,
  }),
  discardCollection: defineAction({
    name: 'billing.discardCollection',
    summary: 'Throws a run away whose file the bank does not have',
    rest: 'POST /collection-runs/{id}/discard',
    access: FINANCE,
    params: byId,
    output: collectionRunView,
  }),
  bookCollection: defineAction({
    name: 'billing.bookCollection',
    summary: 'Books as paid what a run collected and no entry of the bank told yet',
    rest: 'POST /collection-runs/{id}/book',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      valueDate: localDate,
      evenIfPaid: z
        .boolean()
        .optional()
        .meta({ description: 'Also what was paid otherwise meanwhile: the money came twice' }),
    }),
    output: collectionRunView.extend({
      leftOut: z
        .array(z.object({ invoiceId: id, number: z.string() }))
        .meta({ description: 'Paid by entries of the bank meanwhile, so not booked' }),
    }),
  }),
  returnCollection: defineAction({
    name: 'billing.returnCollection',
    summary: 'Notes that the bank took a collection back: the invoice is open again and held',
    rest: 'POST /collection-items/{id}/return',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      reason: z.enum(RETURN_REASONS),
      returnedOn: localDate,
      bankChargeMinor: z.int().min(1).max(10_000).optional(),
      passOn: z.boolean().default(false).meta({ description: 'Claim the charge of the bank from the merchant' }),
    }),
    output: collectionItemView,
  }),
};
