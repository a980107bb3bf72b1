import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { email, id, instant } from '../schemas.ts';

export const messageKind = z.enum([
  'orderShipped',
  'returnReceived',
  'returnInspected',
  'decisionRequested',
  'decisionReminder',
  'batchDispatched',
  'jobApprovalAsked',
  /** The house wrote into a dispute about a line of an invoice, or settled it. */
  'disputeAnswered',
  'invoiceReady',
  'cancellationReady',
  'creditNoteReady',
  /** An invoice is collected on another day than it said. */
  'directDebitAnnounced',
  /** With a dunning letter. */
  'dunningNotice',
  /** What a day brought, in one mail. */
  'digest',
  /** Written by a person of the house. */
  'individual',
]);
export type MessageKind = z.output<typeof messageKind>;

/** Mails that bring a document of an invoice: itself, its cancellation, its correction. */
export const INVOICE_KINDS = [
  'invoiceReady',
  'cancellationReady',
  'creditNoteReady',
] as const satisfies readonly MessageKind[];
export const isInvoiceKind = (kind: MessageKind): boolean => (INVOICE_KINDS as readonly MessageKind[]).includes(kind);

/** A mail server took a message, refused it for good, or reported later that it could not deliver it. */
export const messageDeliveredV1 = defineEvent(
  'notifications.message-delivered.v1',
  z.object({
    messageId: id,
    merchantId: id,
    kind: messageKind,
    /** What the message is about: a return, batch, shipment, special job, invoice, dunning letter, order or merchant, or the digest itself. */
    documentId: id,
    recipient: email,
    /** `sent` also where a server was given all of it and never answered. */
    outcome: z.enum(['sent', 'bounced']),
    /** Which sending it is about; of one sending `bounced` follows `sent`, whatever arrives first. */
    resends: z.int().nonnegative().default(0),
    /** Which telling of the document it is, such as the second announcement of a collection. */
    revision: z.int().nonnegative().default(0),
    at: instant,
  }),
);
