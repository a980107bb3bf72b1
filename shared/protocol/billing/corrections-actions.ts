import { z } from 'zod';
import { defineAction } from '../define.ts';
import { amountMinor, byId, decimal, filledText, id } from '../schemas.ts';
import { invoiceView, runView } from './runs-views.ts';

const FINANCE = ['finance', 'admin', 'api'] as const;

/** Stands on the document. */
const reason = filledText(500).meta({ description: 'Stands on the document' });
const lines = z
  .array(
    z.strictObject({
      lineId: id,
      quantity: decimal.optional().meta({ description: 'At the price of the line; the sign is that of the line' }),
      netMinor: amountMinor.optional().meta({ description: 'Of the net of the line, in place of a quantity' }),
    }),
  )
  .min(1)
  .max(2_000);

/** Cancellations and credit notes. An issued document never changes: another one corrects it. */
export const correctionsActions = {
  cancelInvoice: defineAction({
    name: 'billing.cancelInvoice',
    summary: 'Cancels an invoice in full by a document of its own; what it billed may be billed again',
    rest: 'POST /invoices/{id}/cancel',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason }),
    output: invoiceView,
    status: 201,
  }),
  creditInvoice: defineAction({
    name: 'billing.creditInvoice',
    summary: 'Credits a part of an invoice, by quantity or amount, up to what earlier credit notes left of each line',
    rest: 'POST /invoices/{id}/credit',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason, lines }),
    output: invoiceView,
    status: 201,
  }),
  previewInvoiceCredit: defineAction({
    name: 'billing.previewInvoiceCredit',
    summary: 'What a partial credit would come to; nothing is written',
    rest: 'POST /invoices/{id}/credit/preview',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ lines }),
    output: z.object({
      lines: z.array(z.object({ lineId: id, quantity: z.string(), unitPrice: z.string(), netMinor: amountMinor })),
      vat: z.array(
        z.object({
          category: z.enum(['S', 'Z', 'E', 'AE', 'O']),
          rateBasisPoints: z.int(),
          basisMinor: amountMinor,
          vatMinor: amountMinor,
        }),
      ),
      netMinor: amountMinor,
      vatMinor: amountMinor,
      grossMinor: amountMinor,
    }),
  }),
  issueMerchantCredit: defineAction({
    name: 'billing.issueMerchantCredit',
    summary: 'Has the negative total of one merchant issued as a credit note in place of carrying it over',
    rest: 'POST /billing-runs/{id}/merchants/{merchantId}/issue-credit',
    access: FINANCE,
    params: z.strictObject({ id, merchantId: id }),
    output: runView,
    status: 202,
  }),
};
