import type { Transfer } from './giro-code.ts';
import type { InvoiceModel } from './invoice-model.ts';

/** What is left to pay of a document, whoever moves the money; nothing of a correction. */
export const owedMinor = ({ kind, grossMinor, prepaidMinor = 0 }: InvoiceModel): number =>
  kind === 'invoice' ? Math.max(0, grossMinor - prepaidMinor) : 0;

/** What the buyer is asked to transfer; nothing of what is collected from the buyer's account. */
export const payableMinor = (model: InvoiceModel): number => (model.directDebit ? 0 : owedMinor(model));

/** How a payment is to be named, so that it finds its document. */
export const paymentReference = ({ number, buyer }: { number: string; buyer: { merchantNumber: string } }): string =>
  `${number} / ${buyer.merchantNumber}`;

/** The transfer that the buyer is asked for; of nothing where there is nothing to transfer. */
export const transferOf = (model: InvoiceModel): Transfer => ({
  amountMinor: payableMinor(model),
  currency: model.currency,
  payee: model.seller.name,
  bank: model.seller.bank,
  reference: paymentReference(model),
});
