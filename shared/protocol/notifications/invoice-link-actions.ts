import { z } from 'zod';
import { invoiceDocumentReadyV1 } from '../billing/events.ts';
import { defineAction } from '../define.ts';
import { fileAnswer, instant, line } from '../schemas.ts';

const facts = invoiceDocumentReadyV1.payload;
const file = z.object({ filename: z.string(), bytes: z.int().positive() });

/** What whoever has the link sees; it names nothing but this document. */
export const linkedInvoice = z.object({
  ...facts.pick({ number: true, kind: true, currency: true, issueDate: true, dueDate: true }).shape,
  ...facts.pick({ periodFrom: true, periodTo: true, netMinor: true, vatMinor: true, grossMinor: true }).shape,
  ...facts.pick({ payableMinor: true, directDebit: true, language: true, issuerName: true }).shape,
  corrects: z.object({ number: z.string(), issueDate: z.string() }).nullable(),
  merchantName: z.string(),
  expiresAt: instant,
  pdf: file,
  xml: file.nullable(),
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
