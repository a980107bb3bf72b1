import type { InvoiceTexts } from './invoice-texts.ts';

export const englishTexts: InvoiceTexts = {
  title: { invoice: 'Invoice', cancellation: 'Cancellation invoice', creditNote: 'Credit note' },
  number: { invoice: 'Invoice no.', cancellation: 'Document no.', creditNote: 'Document no.' },
  issueDate: { invoice: 'Invoice date', cancellation: 'Document date', creditNote: 'Document date' },
  corrects: 'For invoice',
  correctsOf: (number, date) => `${number}\nof ${date}`,
  reason: (reason) => `Reason: ${reason}`,
  servicePeriod: 'Service period',
  merchantNumber: 'Customer no.',
  buyerVatId: 'Your VAT ID',
  buyerTaxId: 'Your VAT/tax no.',
  orderReference: 'Your reference',
  routeId: 'Leitweg-ID',
  buyerReference: 'Buyer reference',
  intro: {
    invoice: (period) => `For our services in the period ${period} we charge the following:`,
    cancellation: (_, original) => `We cancel invoice ${original?.number} of ${original?.date} in full:`,
    creditNote: (period, original) =>
      original
        ? `We correct invoice ${original.number} of ${original.date} by the following amounts:`
        : `The statement for the period ${period} comes to an amount in your favour:`,
  },
  columns: {
    position: 'Item',
    service: 'Service',
    quantity: 'Quantity',
    unit: 'Unit',
    unitPrice: 'Unit price',
    amount: 'Amount',
  },
  perBase: (quantity) => `per ${quantity}`,
  allowance: (kind, reason, amount, share) =>
    `${kind === 'allowance' ? 'Allowance' : 'Charge'} ${amount}: ${reason}${share ? ` (${share})` : ''}`,
  shareOf: (percent, basis) => (basis ? `${percent} of ${basis}` : percent),
  vatShort: 'VAT',
  continued: '(continued)',
  subtotal: 'Subtotal',
  vatTable: { vat: 'VAT', basis: 'Net amount', tax: 'Tax' },
  vatLabel: {
    S: (rate) => rate,
    Z: (rate) => rate,
    E: () => 'exempt',
    AE: () => 'Reverse charge',
    O: () => 'not taxable',
  },
  net: 'Total net',
  vatSum: 'VAT',
  gross: { invoice: 'Invoice total', cancellation: 'Cancelled total', creditNote: 'Credited total' },
  prepaid: 'Settled with your credit balance',
  payable: 'Amount due',
  carriedOver: (cutoff, amount) => `This includes ${amount} net carried over from the statement as of ${cutoff}.`,
  payment: {
    collect: (amount, day) => `We will collect ${amount} from your account on ${day} by SEPA direct debit.`,
    terms: 'Terms',
    termsDays: (days) => (days === 0 ? 'immediately, net' : `${days} ${days === 1 ? 'day' : 'days'}, net`),
    due: 'Due date',
    fromAccount: 'Your account',
    mandate: 'Mandate',
    mandateOf: (reference, signedOn) => `${reference} of ${signedOn}`,
    creditor: 'Creditor ID',
  },
  settlement: {
    cancellation: (number) =>
      `Nothing more is payable on invoice ${number}. What you have paid on it is kept as your credit balance and set against your next invoices, or paid out on request.`,
    creditNote: (amount, original) =>
      original
        ? `The amount of ${amount} reduces what is still to be paid on invoice ${original.number}. To the extent that you have already paid it, it is kept as your credit balance and set against your next invoices, or paid out on request.`
        : `The amount of ${amount} is kept as your credit balance and set against your next invoices, or paid out on request.`,
    prepaid: 'The amount is settled with your credit balance. There is nothing to transfer.',
  },
  annex: {
    title: (number) => `Annex to ${number}: itemised services`,
    date: 'Date',
    reference: 'Reference',
    entries: (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`,
    omitted: (rows) =>
      `The itemised services of this invoice have ${rows} entries. You will find all of them in a CSV file beside the invoice in the customer portal.`,
  },
};
