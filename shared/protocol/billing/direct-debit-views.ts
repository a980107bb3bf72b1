import { z } from 'zod';
import { amountMinor, id, localDate } from '../schemas.ts';

/** What the API shows of mandates, direct debits and their files. */

export const mandateState = z.enum(['active', 'blocked', 'revoked', 'lapsed']);

export const mandateSummary = z.object({
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  reference: z.string(),
  scheme: z.enum(['CORE', 'B2B']),
  kind: z.enum(['recurrent', 'oneOff']),
  signedOn: localDate,
  iban: z.string().meta({ description: 'Masked but for its first and last four characters for users of a merchant' }),
  bic: z.string().nullable(),
  debtorName: z.string(),
  preNotificationDays: z.int().nullable(),
  state: mandateState,
  final: z.boolean(),
  lastUsedOn: localDate.nullable(),
  usableUntil: localDate.meta({ description: 'Unused until then it lapses' }),
  creditorId: z.string().meta({ description: 'To whom it was given' }),
  ofOtherCreditor: z
    .boolean()
    .meta({ description: 'The house collects by another creditor identifier by now, so nothing is collected by it' }),
  version: z.int(),
});
export type MandateSummary = z.output<typeof mandateSummary>;

export const mandateView = mandateSummary.extend({
  history: z.array(
    z.object({
      action: z.enum(['agreed', 'revoked', 'lapsed', 'blocked', 'unblocked', 'madeFinal', 'used']),
      reason: z.string().nullable(),
      by: z.string(),
      at: z.string(),
    }),
  ),
});
export type MandateView = z.output<typeof mandateView>;

const ofInvoice = {
  invoiceId: id,
  number: z.string(),
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
};

export const directDebitState = z.enum(['announced', 'held', 'disputed', 'undelivered', 'collecting', 'settled']);

export const directDebitView = z.object({
  ...ofInvoice,
  mandateId: id,
  mandateReference: z.string(),
  mandateState,
  collectOn: localDate,
  openMinor: amountMinor,
  state: directDebitState.meta({
    description:
      'held: not collected until a person decides; disputed: not before the disputes about it are settled; undelivered: not while all mails that announced it came back; settled: nothing is open any more',
  }),
  heldReason: z.string().nullable(),
  returnedOn: localDate.nullable(),
  returnReason: z.string().nullable(),
});

export const collectionItemView = z.object({
  id,
  ...ofInvoice,
  mandateReference: z.string(),
  scheme: z.enum(['CORE', 'B2B']),
  sequence: z.enum(['FRST', 'RCUR', 'OOFF', 'FNAL']),
  collectOn: localDate,
  amountMinor,
  openMinor: amountMinor.meta({ description: 'Open on the invoice now' }),
  state: z.enum(['open', 'collected', 'returned', 'removed']),
  returnedOn: localDate.nullable(),
  returnReason: z.string().nullable(),
  returnChargeMinor: amountMinor.nullable(),
});

export const collectionRunSummary = z.object({
  id,
  number: z.string(),
  state: z.enum(['proposed', 'approved', 'submitted', 'discarded']),
  collectUntil: localDate,
  items: z.int(),
  totalMinor: amountMinor,
  createdBy: z.string(),
  createdAt: z.string(),
  approvedBy: z.string().nullable(),
  submittedAt: z.string().nullable().meta({ description: 'When it was noted that the bank has the file' }),
  handedInOn: localDate.nullable().meta({
    description:
      'The day on which the bank got the file; null also where nobody was asked for it yet when it was noted',
  }),
  sha256: z.string().nullable(),
  version: z.int(),
});
export const collectionRunView = collectionRunSummary.extend({ entries: z.array(collectionItemView) });
export type CollectionRunView = z.output<typeof collectionRunView>;
