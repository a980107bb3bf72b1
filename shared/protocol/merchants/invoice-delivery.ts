import { z } from 'zod';
import { filledLine } from '../schemas.ts';

/** How a merchant gets its invoices. */
export const invoiceDelivery = {
  buyerReference: filledLine(60)
    .nullable()
    .meta({ description: 'BT-10: the Leitweg-ID, with its check digits, or another', example: '04011000-12345-03' }),
  invoiceXml: z.boolean().meta({ description: 'Mails of invoices bring the XML beside the PDF, where there is one' }),
  invoiceLink: z
    .boolean()
    .meta({ description: 'Mails of invoices bring a link to the documents that asks for no log-in, for 90 days' }),
};

/** The same where a create does not say it. */
export const asShipped = {
  buyerReference: invoiceDelivery.buyerReference.default(null),
  invoiceXml: invoiceDelivery.invoiceXml.default(false),
  invoiceLink: invoiceDelivery.invoiceLink.default(false),
};
