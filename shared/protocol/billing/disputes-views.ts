import { z } from 'zod';
import { amountMinor, id, localMonth } from '../schemas.ts';

/** What merchants dispute of their invoices, line by line. Batches of returns have disputes of their own. */

export const lineDisputeReason = z.enum(['wrongQuantity', 'wrongPrice', 'notOrdered', 'quality', 'other']);
export type LineDisputeReason = z.output<typeof lineDisputeReason>;

export const lineDisputeState = z
  .enum(['open', 'credited', 'rejected', 'withdrawn', 'invoiceCancelled'])
  .meta({ description: '`invoiceCancelled`: the whole invoice was cancelled while the dispute was open' });
export type LineDisputeState = z.output<typeof lineDisputeState>;

/** Whether documents of an invoice are disputed; dunning pauses while it is `open`. */
export const invoiceDispute = z.enum(['none', 'open', 'settled']);

export const lineDisputeSummary = z.object({
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  invoiceId: id,
  invoiceNumber: z.string(),
  currency: z.string(),
  lineId: id,
  position: z.int().meta({ description: 'Of the line on its invoice' }),
  label: z.string(),
  serviceMonth: localMonth,
  lineNetMinor: amountMinor,
  remainingNetMinor: amountMinor.meta({ description: 'What corrections left of the line' }),
  reason: lineDisputeReason,
  disputedNetMinor: amountMinor.nullable().meta({ description: 'Null for the whole line' }),
  state: lineDisputeState,
  openedAt: z.string(),
  messageCount: z.int(),
  lastMessageAt: z.string(),
  waitsFor: z
    .enum(['house', 'merchant'])
    .nullable()
    .meta({ description: 'Who has not answered yet; null once settled' }),
  settledAt: z.string().nullable(),
  answer: z.string().nullable().meta({ description: 'What the house said at last' }),
  creditedNetMinor: amountMinor.nullable(),
  creditNote: z.object({ id, number: z.string() }).nullable(),
});
export type LineDisputeSummary = z.output<typeof lineDisputeSummary>;

export const lineDisputeView = lineDisputeSummary.extend({
  messages: z.array(
    z.object({ id, position: z.int(), side: z.enum(['merchant', 'house']), text: z.string(), at: z.string() }),
  ),
});
export type LineDisputeView = z.output<typeof lineDisputeView>;
