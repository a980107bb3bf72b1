import { z } from 'zod';
import { defineAction } from '../define.ts';
import { amountMinor, byId, filledLine, id, instant, line, localDate, none, page, pageParams } from '../schemas.ts';
import { allocations, paymentView } from './payments-actions.ts';

const FINANCE = ['finance', 'admin'] as const;
const READERS = ['finance', 'admin', 'lead'] as const;
const FILE_BYTES = 5_000_000;

/** Why an entry may belong to documents, strongest first. */
export const REASONS = [
  'number',
  'letter',
  'endToEndId',
  'mandate',
  'iban',
  'name',
  'amount',
  'sum',
  'returned',
  'recorded',
] as const;

export const suggestion = z.object({
  /** `sure` has number and amount; only that is ever booked without looking at it. */
  confidence: z.enum(['sure', 'likely', 'possible']),
  reasons: z.array(z.enum(REASONS)),
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  allocations: z.array(z.object({ invoiceId: id, number: z.string(), openMinor: amountMinor, amountMinor })),
  claimsMinor: amountMinor.meta({
    description:
      'What of it is for claims of the dunning letter that is named; it stays with the payment until it is noted',
  }),
  chargeMinor: amountMinor.meta({ description: 'What of a return is the bank’s own charge, 0 for none' }),
  paymentId: id.nullable().meta({ description: 'The payment that was recorded by hand, or that the bank took back' }),
});
export type Suggestion = z.output<typeof suggestion>;

export const entryState = z.enum(['open', 'booked', 'dismissed']);
export const bankEntryView = z.object({
  id,
  statementId: z.string(),
  amountMinor: amountMinor.meta({ description: 'Negative for money that went out' }),
  chargeMinor: amountMinor
    .nullable()
    .meta({ description: 'What of it is the bank’s own charge for a direct debit that came back' }),
  currency: z.string(),
  bookingDate: localDate,
  valueDate: localDate,
  counterpartyName: z.string().nullable(),
  counterpartyIban: z.string().nullable(),
  remittance: z.string(),
  endToEndId: z.string().nullable(),
  mandateId: z.string().nullable(),
  returnReason: z.string().nullable().meta({ description: 'Code of ISO 20022, such as AC04' }),
  reversal: z.boolean(),
  bookingText: z.string().nullable(),
  state: entryState,
  dismissReason: z.string().nullable(),
  paymentId: id.nullable(),
  suggestions: z.array(suggestion),
});
export type BankEntryView = z.output<typeof bankEntryView>;

export const bankStatementView = z.object({
  id,
  iban: z.string(),
  statementId: z.string(),
  fromDate: localDate.nullable(),
  toDate: localDate.nullable(),
  openingMinor: amountMinor.nullable(),
  closingMinor: amountMinor.nullable(),
  filename: z.string().nullable(),
  importedBy: z.string(),
  importedAt: instant,
  entries: z.int(),
  openEntries: z.int(),
});
export type BankStatementView = z.output<typeof bankStatementView>;

export const bankImport = z.object({
  statements: z.array(
    z.object({
      statementId: z.string(),
      entries: z.int(),
      added: z.int().meta({ description: 'That no statement told before' }),
      pending: z.int().meta({ description: 'Announced by the bank and not booked yet; left out' }),
      takenAsKnown: z
        .array(
          z.object({
            bookingDate: localDate,
            amountMinor,
            counterpartyName: z.string().nullable(),
            remittance: z.string(),
            bookingText: z.string().nullable(),
          }),
        )
        .meta({
          description:
            'Left out because another statement told the same, and the bank gave no reference by which to tell equal ones apart',
        }),
    }),
  ),
  added: z.int(),
  known: z.int(),
});
export type BankImport = z.output<typeof bankImport>;

/** What the bank told, and whose money it is. */
export const bankActions = {
  importBankStatements: defineAction({
    name: 'billing.importBankStatements',
    summary: 'Reads statements of the house’s account, camt.053; entries that are known change nothing',
    rest: 'POST /bank-statements',
    access: FINANCE,
    params: none,
    upload: { field: 'file', maxBytes: FILE_BYTES },
    timeoutMs: 60_000,
    output: bankImport,
  }),
  listBankStatements: defineAction({
    name: 'billing.listBankStatements',
    summary: 'Statements, imported last first',
    rest: 'GET /bank-statements',
    access: READERS,
    params: z.strictObject(pageParams),
    output: page(bankStatementView),
  }),
  listBankEntries: defineAction({
    name: 'billing.listBankEntries',
    summary: 'Entries of the account, latest first; open ones with what they may belong to',
    rest: 'GET /bank-entries',
    access: READERS,
    params: z.strictObject({
      ...pageParams,
      state: entryState.optional(),
      statementId: id.optional(),
      q: line(80).optional().meta({ description: 'In name, IBAN or remittance text' }),
    }),
    output: page(bankEntryView),
  }),
  bookBankEntry: defineAction({
    name: 'billing.bookBankEntry',
    summary: 'Makes an entry a payment of a merchant; what is not allocated stays with the payment',
    rest: 'POST /bank-entries/{id}/book',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      merchantId: id,
      allocations: allocations.default([]),
      returnsPaymentId: id.optional().meta({ description: 'The payment that the bank took back' }),
      passOn: z.boolean().optional().meta({ description: 'Claim the charge of the bank from the merchant' }),
    }),
    output: paymentView,
    status: 201,
  }),
  bookSureEntries: defineAction({
    name: 'billing.bookSureEntries',
    summary: 'Books of the named entries those whose number and amount still fit',
    rest: 'POST /bank-entries/book-sure',
    access: FINANCE,
    params: none,
    body: z.strictObject({ entryIds: z.array(id).min(1).max(500) }),
    output: z.object({ booked: z.int(), left: z.int().meta({ description: 'Not sure any more, or booked already' }) }),
  }),
  linkBankEntry: defineAction({
    name: 'billing.linkBankEntry',
    summary: 'Says that a payment recorded by hand is this entry, so that its money is booked once',
    rest: 'POST /bank-entries/{id}/link',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ paymentId: id }),
    output: paymentView,
  }),
  dismissBankEntry: defineAction({
    name: 'billing.dismissBankEntry',
    summary: 'Puts an entry aside that concerns no merchant',
    rest: 'POST /bank-entries/{id}/dismiss',
    access: FINANCE,
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: bankEntryView,
  }),
  reopenBankEntry: defineAction({
    name: 'billing.reopenBankEntry',
    summary: 'Takes an entry up again that was put aside',
    rest: 'POST /bank-entries/{id}/reopen',
    access: FINANCE,
    params: byId,
    output: bankEntryView,
  }),
};
