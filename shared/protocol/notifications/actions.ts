import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, fileAnswer, id, instant, language, page, pageParams } from '../schemas.ts';
import { messageKind } from './events.ts';

/**
 * `queued` waits for its next attempt, `bounced` was refused for good by the mail server, `failed` was given up here.
 */
export const messageState = z.enum(['queued', 'sending', 'sent', 'bounced', 'failed']);
export type MessageState = z.output<typeof messageState>;

export const messageListItem = z.object({
  id,
  version: z.int().positive(),
  merchantId: id,
  kind: messageKind,
  /** The return, batch or invoice the message is about. */
  documentId: id,
  /** Of the document; each revision has a message of its own. */
  revision: z.int().nonnegative(),
  recipient: z.string(),
  language,
  subject: z.string(),
  state: messageState,
  /** Attempts since the message was queued last. */
  attempts: z.int().nonnegative(),
  /** How often it was sent again by hand. */
  resends: z.int().nonnegative(),
  createdAt: instant,
  sentAt: instant.nullable(),
  /** When a queued message is tried next. */
  nextAttemptAt: instant.nullable(),
  error: z.string().nullable(),
});
export type MessageListItem = z.output<typeof messageListItem>;

export const messageView = messageListItem.extend({
  messageIdHeader: z.string(),
  /** Pictures stand in it as `data:` URIs, so that it shows without fetching anything. */
  html: z.string(),
  text: z.string(),
  attachments: z.array(
    z.object({
      index: z.int().nonnegative(),
      filename: z.string(),
      contentType: z.string(),
      bytes: z.int().nonnegative(),
    }),
  ),
  /** Every try that came to an end, oldest first. */
  deliveries: z.array(
    z.object({
      at: instant,
      outcome: z.enum(['sent', 'bounced', 'failed', 'deferred']),
      /** What the mail server answered, or why there is no answer. */
      response: z.string(),
      messageIdHeader: z.string(),
    }),
  ),
});
export type MessageView = z.output<typeof messageView>;

const READERS = ['lead', 'finance', 'admin', ...MERCHANT_USERS] as const;

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const notificationsActions = {
  listMessages: defineAction({
    name: 'notifications.listMessages',
    summary: 'E-mails and their delivery, newest first',
    rest: 'GET /messages',
    access: READERS,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      kind: messageKind.optional(),
      state: messageState.optional(),
      documentId: id.optional(),
    }),
    output: page(messageListItem),
  }),
  getMessage: defineAction({
    name: 'notifications.getMessage',
    summary: 'An e-mail with its content and every attempt to deliver it',
    rest: 'GET /messages/{id}',
    access: READERS,
    params: byId,
    output: messageView,
  }),
  getMessageSource: defineAction({
    name: 'notifications.getMessageSource',
    summary: 'An e-mail as it goes to the mail server, byte for byte (.eml)',
    rest: 'GET /messages/{id}/source',
    access: READERS,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  getMessageAttachment: defineAction({
    name: 'notifications.getMessageAttachment',
    summary: 'A file attached to an e-mail',
    rest: 'GET /messages/{id}/attachments/{index}',
    access: READERS,
    params: byId.extend({ index: z.coerce.number().int().min(0).max(99) }),
    output: fileAnswer,
    download: true,
  }),
  resendMessage: defineAction({
    name: 'notifications.resendMessage',
    summary: 'Sends an e-mail that was sent, bounced or given up once more, with the same content',
    rest: 'POST /messages/{id}/resend',
    access: ['finance', 'admin'],
    params: byId,
    output: messageListItem,
  }),
};
