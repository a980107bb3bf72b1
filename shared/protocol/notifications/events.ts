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
  'invoiceReady',
  /** With a dunning letter. */
  'dunningNotice',
  /** What a day brought, in one mail. */
  'digest',
  /** Written by a person of the house. */
  'individual',
]);
export type MessageKind = z.output<typeof messageKind>;

/** The mail server took a message, or refused it for good. */
export const messageDeliveredV1 = defineEvent(
  'notifications.message-delivered.v1',
  z.object({
    messageId: id,
    merchantId: id,
    kind: messageKind,
    /** What the message is about: a return, batch, shipment, special job, invoice, dunning letter, order or merchant, or the digest itself. */
    documentId: id,
    recipient: email,
    outcome: z.enum(['sent', 'bounced']),
    at: instant,
  }),
);
