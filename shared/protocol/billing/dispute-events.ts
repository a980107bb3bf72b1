import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { amountMinor, id, instant, line, text } from '../schemas.ts';
import { lineDisputeReason } from './disputes-views.ts';

const facts = {
  disputeId: id,
  merchantId: id,
  invoiceId: id,
  invoiceNumber: line(60),
  lineId: id,
  /** Of the line on its invoice. */
  position: z.int().positive(),
  label: z.string(),
  currency: z.string().length(3),
  reason: lineDisputeReason,
  /** `null` for the whole line. */
  disputedNetMinor: amountMinor.nullable(),
};

/** A merchant disputes a line of its invoice. */
export const lineDisputeOpenedV1 = defineEvent(
  'billing.line-dispute-opened.v1',
  z.object({ ...facts, text: text(2_000), openedAt: instant }),
);

/** The house wrote into a dispute, or settled it. */
export const lineDisputeAnsweredV1 = defineEvent(
  'billing.line-dispute-answered.v1',
  z.object({
    ...facts,
    /** Of the answer within its dispute: what is settled comes after everything that was written. */
    revision: z.int().positive(),
    state: z.enum(['open', 'credited', 'rejected']),
    text: text(2_000),
    /** Set when it was credited. */
    credit: z.object({ invoiceId: id, number: line(60), netMinor: amountMinor }).nullable(),
    answeredAt: instant,
  }),
);
