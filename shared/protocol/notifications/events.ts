import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { email, id, instant } from '../schemas.ts';

export const messageKind = z.enum(['returnInspected', 'batchDispatched', 'invoiceReady']);
export type MessageKind = z.output<typeof messageKind>;

/** The mail server took a message, or refused it for good. */
export const messageDeliveredV1 = defineEvent(
  'notifications.message-delivered.v1',
  z.object({
    messageId: id,
    merchantId: id,
    kind: messageKind,
    /** The return, batch or invoice the message is about. */
    documentId: id,
    recipient: email,
    outcome: z.enum(['sent', 'bounced']),
    at: instant,
  }),
);
