import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, filledLine, id, localDate, none, page, pageParams } from '../schemas.ts';
import { amount, creditBalance, creditEntryView, settlementView } from './payments-views.ts';

const FINANCE = ['finance', 'admin'] as const;
const READERS = ['finance', 'admin', 'lead', 'api', ...MERCHANT_USERS] as const;
const reason = filledLine(200);

/** The credit balance of a merchant: what is in it is used on the next invoice by itself. */
export const creditActions = {
  listCreditEntries: defineAction({
    name: 'billing.listCreditEntries',
    summary: 'What made the credit balances what they are, latest first',
    rest: 'GET /credit-entries',
    access: READERS,
    params: z.strictObject({ ...pageParams, merchantId: id.optional() }),
    output: page(creditEntryView),
  }),
  getCreditBalance: defineAction({
    name: 'billing.getCreditBalance',
    summary: 'The credit balance of a merchant, the sum of its entries',
    rest: 'GET /merchants/{id}/credit-balance',
    access: READERS,
    params: byId,
    output: creditBalance,
  }),
  grantCredit: defineAction({
    name: 'billing.grantCredit',
    summary: 'Grants a merchant credit, which its next invoice uses',
    rest: 'POST /credit-entries',
    access: FINANCE,
    params: none,
    body: z.strictObject({ merchantId: id, amountMinor: amount, reason }),
    output: creditEntryView,
    status: 201,
  }),
  takeBackCredit: defineAction({
    name: 'billing.takeBackCredit',
    summary: 'Takes back what was granted or paid out by mistake, as far as it is still there',
    rest: 'POST /credit-entries/{id}/take-back',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason }),
    output: creditEntryView,
  }),
  payOutCredit: defineAction({
    name: 'billing.payOutCredit',
    summary: 'Records that credit was paid out',
    rest: 'POST /credit-payouts',
    access: FINANCE,
    params: none,
    body: z.strictObject({ merchantId: id, amountMinor: amount, valueDate: localDate, reason }),
    output: creditEntryView,
    status: 201,
  }),
  useCredit: defineAction({
    name: 'billing.useCredit',
    summary: 'Uses the credit balance on an invoice that is issued already, as far as both go',
    rest: 'POST /invoices/{id}/use-credit',
    access: FINANCE,
    params: byId,
    output: settlementView,
  }),
  creditNoteToBalance: defineAction({
    name: 'billing.creditNoteToBalance',
    summary: 'Makes what a credit note without original owes the merchant part of its credit balance',
    rest: 'POST /invoices/{id}/to-balance',
    access: FINANCE,
    params: byId,
    output: settlementView,
  }),
};
