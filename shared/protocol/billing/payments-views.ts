import { z } from 'zod';
import { amountMinor, id, instant, localDate } from '../schemas.ts';

/** What the API shows of money and of what it pays. */

/** A billion is more than any house bills, and far below what a double holds exactly. */
export const amount = z.int().min(1).max(100_000_000_000).meta({ description: 'Minor units, more than nothing' });

const merchant = { merchantId: id, merchantNumber: z.string(), merchantName: z.string() };
const someMerchant = {
  merchantId: id.nullable(),
  merchantNumber: z.string().nullable(),
  merchantName: z.string().nullable(),
};

export const paymentState = z.enum(['unallocated', 'partly', 'allocated', 'void']);
export const paymentSource = z.enum(['manual', 'bank', 'directDebit', 'returnDebit']);

const paymentPart = z.object({ id, valueDate: localDate, amountMinor });

export const paymentView = z.object({
  id,
  ...someMerchant,
  amountMinor: amountMinor.meta({ description: 'Negative for money that went out' }),
  unallocatedMinor: amountMinor.meta({ description: 'What nothing was done with yet, of the sign of the amount' }),
  currency: z.string(),
  valueDate: localDate,
  payerName: z.string().nullable(),
  payerIban: z.string().nullable(),
  remittance: z.string(),
  endToEndId: z.string().nullable(),
  source: paymentSource,
  state: paymentState,
  bankEntryId: id.nullable(),
  note: z.string().nullable(),
  recordedBy: z.string(),
  recordedAt: instant,
  voidReason: z.string().nullable(),
  /** The payment that the bank took back with this one. */
  takesBack: paymentPart.nullable(),
  /** What the bank took back of it; negative. */
  returns: z.array(paymentPart),
  /** What it pays now; what was taken back, also by the bank, is not among it. */
  allocations: z.array(z.object({ invoiceId: id, number: z.string(), amountMinor })),
  /** What of it is part of the credit balance, or was paid out of it. */
  creditMinor: amountMinor,
  /** What of it pays interest, lump sums, fees and charges of the bank. */
  claimsMinor: amountMinor,
});
export type PaymentView = z.output<typeof paymentView>;

export const openItemView = z.object({
  invoiceId: id,
  ...merchant,
  kind: z.enum(['invoice', 'cancellation', 'creditNote']),
  number: z.string(),
  issueDate: localDate,
  dueDate: localDate,
  currency: z.string(),
  grossMinor: amountMinor,
  creditedMinor: amountMinor.meta({ description: 'By credit notes; negative' }),
  allocatedMinor: amountMinor.meta({ description: 'By payments' }),
  creditUsedMinor: amountMinor.meta({ description: 'By the credit balance' }),
  writtenOffMinor: amountMinor.meta({ description: 'Merchants are not told: to them it is open' }),
  openMinor: amountMinor.meta({ description: 'Negative where the house owes it' }),
  daysOverdue: z.int(),
});
export type OpenItemView = z.output<typeof openItemView>;

/** Days overdue, as they are usually looked at; what is not due yet has no age. */
export const AGES = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'over90'] as const;
export const age = z.enum(AGES);
const ages = z.object({
  notDue: amountMinor,
  upTo30: amountMinor,
  upTo60: amountMinor,
  upTo90: amountMinor,
  over90: amountMinor,
});

export const openAccount = z.object({
  /** The merchant's, so that lists have a key. */
  id,
  ...merchant,
  items: z.int(),
  openMinor: amountMinor,
  overdueMinor: amountMinor,
  ages,
  unallocatedMinor: amountMinor.meta({ description: 'Of payments that nothing was done with yet' }),
  balanceMinor: amountMinor.meta({ description: 'The credit balance' }),
});
export type OpenAccount = z.output<typeof openAccount>;

export const settlementMove = z.object({
  id,
  kind: z.enum(['allocation', 'unmatch', 'release', 'use', 'returned', 'grant', 'reversal', 'writeOff', 'creditNote']),
  amountMinor: amountMinor.meta({ description: 'What it takes off what is open; negative where it adds to it' }),
  bookedOn: localDate,
  reason: z.string().nullable().meta({ description: 'Null to merchants' }),
  paymentId: id.nullable(),
  /** Of the credit note. */
  number: z.string().nullable(),
  bookedBy: z.string().nullable().meta({ description: 'Null to merchants' }),
});

export const settlementView = openItemView.extend({
  cancelled: z.boolean(),
  payment: z.string(),
  moves: z.array(settlementMove),
  balanceMinor: amountMinor.meta({ description: 'Credit balance of the merchant' }),
});
export type SettlementView = z.output<typeof settlementView>;

export const creditEntryView = z.object({
  id,
  ...merchant,
  kind: z.enum(['grant', 'use', 'payout', 'returned', 'reversal']),
  amountMinor,
  currency: z.string(),
  reason: z.string().nullable().meta({ description: 'Null to merchants' }),
  invoiceId: id.nullable(),
  invoiceNumber: z.string().nullable(),
  paymentId: id.nullable(),
  reversed: z.boolean().meta({ description: 'Taken back by a later entry' }),
  bookedOn: localDate,
  bookedBy: z.string().nullable().meta({ description: 'Null to merchants' }),
  bookedAt: instant,
});
export type CreditEntryView = z.output<typeof creditEntryView>;
export const creditBalance = z.object({ merchantId: id, balanceMinor: amountMinor, currency: z.string() });
