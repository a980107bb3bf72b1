import type { InvoiceModel } from './invoice-model.ts';

/** What is left to pay of a document, whoever moves the money; nothing of a correction. */
export const owedMinor = ({ kind, grossMinor, prepaidMinor = 0 }: InvoiceModel): number =>
  kind === 'invoice' ? Math.max(0, grossMinor - prepaidMinor) : 0;

/** What the buyer is asked to transfer; nothing of what is collected from the buyer's account. */
export const payableMinor = (model: InvoiceModel): number => (model.directDebit ? 0 : owedMinor(model));

/** How a payment is to be named, so that it finds its document. */
export const paymentReference = ({ number, buyer }: InvoiceModel): string => `${number} / ${buyer.merchantNumber}`;
