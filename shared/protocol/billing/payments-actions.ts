import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import {
  byId,
  fileAnswer,
  filledLine,
  id,
  language,
  line,
  localDate,
  none,
  page,
  pageParams,
  text,
} from '../schemas.ts';
import { iban } from './issuer.ts';
import {
  age,
  amount,
  openAccount,
  openItemView,
  paymentSource,
  paymentState,
  paymentView,
  settlementView,
} from './payments-views.ts';

export * from './payments-views.ts';

const FINANCE = ['finance', 'admin', 'api'] as const;
const FINANCE_READERS = ['finance', 'admin', 'lead', 'api'] as const;

const MOST_ALLOCATIONS = 200;
export const allocations = z
  .array(z.strictObject({ invoiceId: id, amountMinor: amount }))
  .max(MOST_ALLOCATIONS)
  .refine((list) => new Set(list.map(({ invoiceId }) => invoiceId)).size === list.length, 'Name each invoice once');
const reason = filledLine(200);
const reasoned = z.strictObject({ reason });

/** Money that came or went, and what it pays. */
export const paymentsActions = {
  listPayments: defineAction({
    name: 'billing.listPayments',
    summary: 'Payments, latest value date first',
    rest: 'GET /payments',
    access: FINANCE_READERS,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: paymentState.optional(),
      source: paymentSource.optional(),
      from: localDate.optional(),
      to: localDate.optional(),
      q: line(80).optional().meta({ description: 'In payer, IBAN, remittance text or note' }),
    }),
    output: page(paymentView),
  }),
  getPayment: defineAction({
    name: 'billing.getPayment',
    summary: 'A payment and what it pays',
    rest: 'GET /payments/{id}',
    access: FINANCE_READERS,
    params: byId,
    output: paymentView,
  }),
  recordPayment: defineAction({
    name: 'billing.recordPayment',
    summary: 'Records money that came in, and what it pays; what is over stays with the payment',
    rest: 'POST /payments',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      merchantId: id.optional().meta({ description: 'Unknown without it' }),
      amountMinor: amount,
      valueDate: localDate,
      payerName: line(140).optional(),
      payerIban: iban.optional(),
      remittance: text(1_000, 0).default(''),
      note: line(200).optional(),
      allocations: allocations.default([]),
    }),
    output: paymentView,
    status: 201,
  }),
  assignPayment: defineAction({
    name: 'billing.assignPayment',
    summary: 'Says whose payment it is; one that was given to another merchant is voided and recorded anew',
    rest: 'POST /payments/{id}/assign',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ merchantId: id }),
    output: paymentView,
  }),
  allocatePayment: defineAction({
    name: 'billing.allocatePayment',
    summary: 'Uses what is left of a payment on documents of its merchant',
    rest: 'POST /payments/{id}/allocations',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ allocations: allocations.min(1) }),
    output: paymentView,
  }),
  unmatchPayment: defineAction({
    name: 'billing.unmatchPayment',
    summary: 'Takes back what a payment pays of a document; the document is open again and the money unallocated',
    rest: 'POST /payments/{id}/unmatch',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ invoiceId: id, reason }),
    output: paymentView,
  }),
  grantFromPayment: defineAction({
    name: 'billing.grantFromPayment',
    summary: 'Makes what is left of a payment, or some of it, part of the merchant’s credit balance',
    rest: 'POST /payments/{id}/credit',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ amountMinor: amount, reason }),
    output: paymentView,
  }),
  refundPayment: defineAction({
    name: 'billing.refundPayment',
    summary: 'Records that what is left of a payment, or some of it, was paid back',
    rest: 'POST /payments/{id}/refund',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ amountMinor: amount, valueDate: localDate, reason }),
    output: paymentView,
  }),
  voidPayment: defineAction({
    name: 'billing.voidPayment',
    summary: 'Voids a payment that was recorded by mistake and pays nothing; an entry of the bank can be booked again',
    rest: 'POST /payments/{id}/void',
    access: FINANCE,
    params: byId,
    body: reasoned,
    output: paymentView,
  }),
  listOpenItems: defineAction({
    name: 'billing.listOpenItems',
    summary: 'What is open, longest due first',
    rest: 'GET /open-items',
    access: FINANCE_READERS,
    params: z.strictObject({ ...pageParams, merchantId: id.optional(), age: age.optional() }),
    output: page(openItemView),
  }),
  exportOpenItems: defineAction({
    name: 'billing.exportOpenItems',
    summary: 'The same as CSV, as a spreadsheet of the language reads it',
    rest: 'GET /open-items.csv',
    access: FINANCE_READERS,
    params: z.strictObject({ merchantId: id.optional(), age: age.optional(), language: language.default('de') }),
    output: fileAnswer,
    download: true,
  }),
  listOpenAccounts: defineAction({
    name: 'billing.listOpenAccounts',
    summary: 'What is open per merchant and by age, with unallocated money and credit balance',
    rest: 'GET /open-accounts',
    access: FINANCE_READERS,
    params: z.strictObject(pageParams),
    output: page(openAccount),
  }),
  getInvoiceSettlement: defineAction({
    name: 'billing.getInvoiceSettlement',
    summary: 'What is open of a document, and what settled the rest',
    rest: 'GET /invoices/{id}/settlement',
    access: [...FINANCE_READERS, ...MERCHANT_USERS],
    params: byId,
    output: settlementView,
  }),
  writeOffInvoice: defineAction({
    name: 'billing.writeOffInvoice',
    summary: 'Gives up what is open of an invoice',
    rest: 'POST /invoices/{id}/write-off',
    access: ['finance', 'admin'],
    params: byId,
    body: reasoned,
    output: settlementView,
  }),
  undoWriteOff: defineAction({
    name: 'billing.undoWriteOff',
    summary: 'Waits again for what was written off, for example because it is paid after all',
    rest: 'POST /invoices/{id}/write-off/undo',
    access: ['finance', 'admin'],
    params: byId,
    body: reasoned,
    output: settlementView,
  }),
};
