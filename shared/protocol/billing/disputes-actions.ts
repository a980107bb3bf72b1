import { z } from 'zod';
import { defineAction, MERCHANT_USERS, type Role } from '../define.ts';
import { amountMinor, byId, filledText, id, page, pageParams } from '../schemas.ts';
import { lineDisputeReason, lineDisputeState, lineDisputeSummary, lineDisputeView } from './disputes-views.ts';

const FINANCE = ['finance', 'admin'] as const;
/** Whoever may decide for a merchant. */
const DECIDER = ['merchantDecider'] as const;
const READERS: readonly Role[] = [...FINANCE, 'lead', 'api', ...MERCHANT_USERS];

const message = filledText(2_000);
/** As it is kept: at most what a line of an invoice may come to. */
const netMinor = amountMinor.positive().max(100_000_000_00);

/** A merchant disputes a line of its invoice; both sides write to each other until finance settles it. */
export const disputesActions = {
  listLineDisputes: defineAction({
    name: 'billing.listLineDisputes',
    summary: 'Disputes about lines of invoices: open ones oldest first, all others newest first',
    rest: 'GET /line-disputes',
    access: READERS,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      invoiceId: id.optional(),
      state: z.enum([...lineDisputeState.options, 'settled']).optional(),
    }),
    output: page(lineDisputeSummary),
  }),
  getLineDispute: defineAction({
    name: 'billing.getLineDispute',
    summary: 'A dispute with everything that was written in it',
    rest: 'GET /line-disputes/{id}',
    access: READERS,
    params: byId,
    output: lineDisputeView,
  }),
  openLineDispute: defineAction({
    name: 'billing.openLineDispute',
    summary: 'The merchant disputes a line of an invoice, or an amount of it; dunning pauses until it is settled',
    rest: 'POST /invoices/{id}/lines/{lineId}/disputes',
    access: DECIDER,
    params: z.strictObject({ id, lineId: id }),
    body: z.strictObject({
      reason: lineDisputeReason,
      text: message,
      netMinor: netMinor.optional().meta({ description: 'At most what is left of the line; all of it when absent' }),
    }),
    output: lineDisputeView,
    status: 201,
  }),
  writeToLineDispute: defineAction({
    name: 'billing.writeToLineDispute',
    summary: 'Writes into an open dispute: the merchant, or the house, which the merchant is mailed',
    rest: 'POST /line-disputes/{id}/messages',
    access: [...FINANCE, ...DECIDER],
    params: byId,
    body: z.strictObject({ text: message }),
    output: lineDisputeView,
    status: 201,
  }),
  withdrawLineDispute: defineAction({
    name: 'billing.withdrawLineDispute',
    summary: 'The merchant does not dispute it any more',
    rest: 'POST /line-disputes/{id}/withdraw',
    access: DECIDER,
    params: byId,
    output: lineDisputeView,
  }),
  creditLineDispute: defineAction({
    name: 'billing.creditLineDispute',
    summary: 'Settles a dispute by a credit note over an amount of the line',
    rest: 'POST /line-disputes/{id}/credit',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      netMinor: netMinor.meta({ description: 'At most what is left of the line' }),
      answer: filledText(500).meta({ description: 'Stands on the credit note; the merchant is mailed it' }),
    }),
    output: lineDisputeView,
  }),
  rejectLineDispute: defineAction({
    name: 'billing.rejectLineDispute',
    summary: 'Settles a dispute without a credit',
    rest: 'POST /line-disputes/{id}/reject',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ answer: filledText(500).meta({ description: 'Why; the merchant is mailed it' }) }),
    output: lineDisputeView,
  }),
};
