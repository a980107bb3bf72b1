import { z } from 'zod';
import { invoiceDocumentReadyV1 } from '../billing/events.ts';
import { invoiceKind } from '../billing/runs-views.ts';
import { defineAction } from '../define.ts';
import { amountMinor, fileAnswer, instant, line, localDate } from '../schemas.ts';

const facts = invoiceDocumentReadyV1.payload;
const file = z.object({ filename: z.string(), bytes: z.int().positive() });

/** What became of the document since it was issued. */
const standing = z.object({
  isCancelled: z.boolean(),
  openMinor: amountMinor.meta({ description: 'Still to be paid' }),
  directDebit: facts.shape.directDebit.unwrap().nullable().meta({ description: 'How that is collected' }),
  corrections: z.array(
    z.object({ kind: invoiceKind, number: line(60), issueDate: localDate, grossMinor: amountMinor }),
  ),
});

/** What whoever has the link sees; it names nothing but this document and what corrects it. */
export const linkedInvoice = z.object({
  ...facts.pick({ number: true, kind: true, currency: true, issueDate: true, dueDate: true }).shape,
  ...facts.pick({ periodFrom: true, periodTo: true, netMinor: true, vatMinor: true, grossMinor: true }).shape,
  ...facts.pick({ payableMinor: true, directDebit: true, language: true, issuerName: true }).shape,
  corrects: z.object({ number: z.string(), issueDate: z.string() }).nullable(),
  merchantName: z.string(),
  expiresAt: instant,
  pdf: file,
  xml: file.nullable(),
  now: standing.nullable().meta({
    description: 'As it is now; null where that cannot be told, and the rest is as it was when it was issued',
  }),
});
export type LinkedInvoice = z.output<typeof linkedInvoice>;

const token = z.strictObject({ token: line(2_000) });

/** The documents of an invoice by the link in its mail, for merchants that wish for such links. */
export const invoiceLinkActions = {
  getLinkedInvoice: defineAction({
    name: 'notifications.getLinkedInvoice',
    summary: 'What the link in the mail of an invoice leads to; good for 90 days, or until links are switched off',
    rest: 'GET /invoice-links/{token}',
    access: 'public',
    params: token,
    output: linkedInvoice,
  }),
  getLinkedInvoicePdf: defineAction({
    name: 'notifications.getLinkedInvoicePdf',
    summary: 'The PDF of an invoice by the link in its mail',
    rest: 'GET /invoice-links/{token}/document.pdf',
    access: 'public',
    params: token,
    output: fileAnswer,
    download: true,
  }),
  getLinkedInvoiceXml: defineAction({
    name: 'notifications.getLinkedInvoiceXml',
    summary: 'The e-invoice as XML by the link in its mail, where there is one',
    rest: 'GET /invoice-links/{token}/document.xml',
    access: 'public',
    params: token,
    output: fileAnswer,
    download: true,
  }),
};
