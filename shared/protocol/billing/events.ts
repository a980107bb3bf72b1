import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { amountMinor, id, instant, language, line, localDate } from '../schemas.ts';

const archivedFile = z.object({
  objectKey: z.string(),
  sha256: z.string().length(64),
  bytes: z.int().positive(),
  filename: z.string(),
});

const invoiceFacts = {
  invoiceId: id,
  merchantId: id,
  number: line(60),
  kind: z.enum(['invoice', 'cancellation', 'creditNote']),
  /** The document that a cancellation or credit note corrects; events of earlier days lack it. */
  corrects: z
    .object({ invoiceId: id, number: line(60), issueDate: localDate })
    .nullable()
    .default(null),
  currency: z.string().length(3),
  issueDate: localDate,
  dueDate: localDate,
  periodFrom: localDate,
  periodTo: localDate,
  netMinor: amountMinor,
  vatMinor: amountMinor,
  grossMinor: amountMinor,
};

/** An invoice got its number and is frozen. */
export const invoiceFinalizedV1 = defineEvent(
  'billing.invoice-finalized.v1',
  z.object({ ...invoiceFacts, runId: id, cutoff: localDate, finalizedAt: instant }),
);

/** A dunning letter was issued, its document is archived, so it may be mailed. */
export const dunningLetterReadyV1 = defineEvent(
  'billing.dunning-letter-ready.v1',
  z.object({
    letterId: id,
    merchantId: id,
    number: line(60),
    /** 0 is the friendly reminder. */
    level: z.int().min(0).max(3),
    language,
    issuerName: line(120),
    currency: z.string().length(3),
    issueDate: localDate,
    payBy: localDate,
    openMinor: amountMinor,
    claimsMinor: amountMinor,
    totalMinor: amountMinor,
    invoices: z
      .array(
        z.object({
          ...{ invoiceId: id, number: line(60), dueDate: localDate, openMinor: amountMinor },
          /** Its own level, where the letter has several. */
          level: z.int().min(0).max(3).optional(),
        }),
      )
      .min(1),
    pdf: archivedFile,
  }),
);

/** The document of a finalized invoice is rendered, checked and archived, so it may be mailed. */
export const invoiceDocumentReadyV1 = defineEvent(
  'billing.invoice-document-ready.v1',
  z.object({
    ...invoiceFacts,
    language,
    issuerName: line(120),
    /** What is still to be paid, whoever moves the money: less what a credit balance settled, nothing of a correction. */
    payableMinor: amountMinor.optional(),
    /** How that is collected by SEPA direct debit; without it, it is to be transferred. */
    directDebit: z.object({ collectedOn: localDate, mandateReference: line(35) }).optional(),
    pdf: archivedFile,
    /** The e-invoice by itself; documents of earlier days have none. */
    xml: archivedFile.optional(),
  }),
);
