import { z } from 'zod';
import { amountMinor, id, language, localDate, page } from '../schemas.ts';
import { documentFinding } from './document-finding.ts';

/** What the API shows of dunning. */

export const dunningLevel = z.int().min(0).max(3).meta({ description: '0 is the friendly reminder' });

const levelTerms = z.strictObject({
  daysAfterDue: z.int().min(1).max(365),
  feeMinor: z.int().min(0).max(10_000),
  payWithinDays: z.int().min(1).max(60),
});

/** When which letter is due and what it costs. */
export const dunningSettings = z
  .strictObject({
    levels: z.array(levelTerms).length(4).meta({ description: 'The friendly reminder and levels 1 to 3' }),
    minimumMinor: z.int().min(0).max(100_000).meta({ description: 'Less than this is not dunned' }),
    interest: z.boolean().meta({ description: 'Claim interest from level 1 on (§ 288 Abs. 2 BGB)' }),
    lumpSum: z.boolean().meta({ description: 'Claim EUR 40 once per invoice from level 1 on (§ 288 Abs. 5 BGB)' }),
  })
  .superRefine(({ levels }, context) => {
    if (levels[0] && levels[0].feeMinor > 0)
      context.addIssue({
        ...{ code: 'custom', params: { code: 'REMINDER_WITH_FEE' }, path: ['levels', 0, 'feeMinor'] },
        message: 'A reminder costs nothing',
      });
    for (let level = 1; level < levels.length; level += 1)
      if (levels[level]!.daysAfterDue <= levels[level - 1]!.daysAfterDue)
        context.addIssue({
          ...{ code: 'custom', params: { code: 'LEVEL_NOT_LATER' }, path: ['levels', level, 'daysAfterDue'] },
          message: 'Each level comes later than the one before',
        });
  });
export type DunningSettings = z.output<typeof dunningSettings>;
export const dunningSettingsView = z.object({ settings: dunningSettings, version: z.int() });

export const baseRateView = z.object({
  validFrom: localDate,
  rateBasisPoints: z.int(),
  source: z.string(),
  enteredBy: z.string(),
});

export const dunningStopView = z.object({
  id,
  merchantId: id,
  merchantName: z.string(),
  reason: z.string(),
  until: localDate.nullable(),
  setBy: z.string(),
  setAt: z.string(),
});

export const dunningHindrance = z.enum([
  ...(['stopped', 'disputed', 'small', 'directDebit', 'collectionHeld', 'waiting', 'exhausted'] as const),
]);
export type DunningHindrance = z.output<typeof dunningHindrance>;

/** Why the letter before is no reason to go on: there is no document of it, no mail of it went out yet, or all came back. */
const letterFault = z.enum(['notMade', 'notSent', 'bounced']);
export type LetterFault = z.output<typeof letterFault>;

/** Why its merchant may not know an invoice: no mail of it went out yet, or all of them came back. */
const invoiceFault = z.enum(['notSent', 'bounced']);
export type InvoiceFault = z.output<typeof invoiceFault>;

const dunningRow = z.object({
  invoiceId: id,
  number: z.string(),
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  dueDate: localDate,
  daysOverdue: z.int(),
  openMinor: amountMinor,
  lastLevel: dunningLevel.nullable().meta({ description: 'How far it had come when the run was proposed' }),
  level: dunningLevel.nullable(),
  hindrance: dunningHindrance.nullable(),
  interestMinor: amountMinor.meta({
    description: 'Interest that the letter claims anew, beside what letters before it claimed',
  }),
  freeMinor: amountMinor.meta({
    description:
      'Unallocated payments, credit balance and open credit notes of the merchant when the run was proposed; what they cover is not selected',
  }),
  lastLetter: letterFault.nullable().meta({
    description:
      'What became of the letter before, of the invoice or of its merchant, when the run was proposed: it is not made or not sent yet, or it did not arrive; the invoice is then not selected',
  }),
  undelivered: invoiceFault.nullable().meta({
    description:
      'What became of the mails of the invoice, when the run was proposed: none went out yet, or all came back; the invoice is then not selected',
  }),
  selected: z.boolean(),
  outcome: z.enum(['issued', 'deselected', 'changed']).nullable(),
});

export const dunningRunSummary = z.object({
  id,
  asOf: localDate,
  state: z.enum(['proposed', 'issued', 'discarded']),
  createdBy: z.string(),
  createdAt: z.string(),
  issuedAt: z.string().nullable(),
  letters: z.int(),
  selected: z.int(),
  openMinor: amountMinor,
  version: z.int(),
});

export const letterDocument = z.enum(['pending', 'ready', 'parked']);
export const letterDelivery = z.enum(['queued', 'sent', 'bounced']);

export const dunningLetterView = z.object({
  id,
  runId: id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  number: z.string(),
  level: dunningLevel,
  issueDate: localDate,
  payBy: localDate,
  language,
  openMinor: amountMinor,
  claimsMinor: amountMinor,
  totalMinor: amountMinor,
  document: letterDocument,
  documentError: z.string().nullable(),
  documentFinding: documentFinding.nullable().meta({ description: 'Why the document is parked; staff only' }),
  delivery: letterDelivery
    .nullable()
    .meta({ description: '`sent` while one recipient has it, `bounced` when all mails came back' }),
  invoices: z.array(z.object({ invoiceId: id, number: z.string(), level: dunningLevel, openMinor: amountMinor })),
});
export type DunningLetterView = z.output<typeof dunningLetterView>;
export const dunningLetters = page(dunningLetterView);

export const dunningRunView = dunningRunSummary.extend({
  rows: z.array(dunningRow),
  issued: z.array(dunningLetterView),
  baseRateMissing: localDate
    .nullable()
    .meta({ description: 'From here on the base rate is not entered, and no interest is claimed for these days' }),
});
export type DunningRunView = z.output<typeof dunningRunView>;

export const dunningClaimState = z.enum(['open', 'paid', 'waived']);

export const dunningClaimView = z.object({
  id,
  merchantId: id,
  merchantName: z.string(),
  invoiceId: id.nullable(),
  invoiceNumber: z.string().nullable(),
  letterId: id.nullable(),
  letterNumber: z.string().nullable(),
  kind: z.enum(['interest', 'lumpSum', 'fee', 'bankCharge']),
  amountMinor,
  claimedOn: localDate,
  state: dunningClaimState,
  settledBy: z.string().nullable(),
  settledAt: z.string().nullable(),
  settledReason: z.string().nullable(),
  paymentId: id.nullable().meta({ description: 'The payment that paid it, where finance named one' }),
  recounted: z.boolean().meta({
    description:
      'Waived because it was never owed: money came in time, a base rate was wrong, or the lump sum counts towards the fee',
  }),
  credited: z
    .boolean()
    .meta({ description: 'It was paid and is credit since, because a correction took back what it was claimed for' }),
});

/** Where an invoice stands, for its page. */
export const invoiceDunning = z.object({
  steps: z.array(
    z.object({
      level: dunningLevel,
      onDay: localDate,
      payBy: localDate,
      openMinor: amountMinor,
      interestMinor: amountMinor,
      letterId: id,
      letterNumber: z.string(),
    }),
  ),
  claims: z.array(dunningClaimView),
});
