import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, fileAnswer, id, instant, language, line, page, pageParams, text } from '../schemas.ts';
import { messageKind } from './events.ts';
import { invoiceLinkActions } from './invoice-link-actions.ts';
import { templateActions } from './template-actions.ts';

/**
 * `queued` waits for its next attempt, `bounced` was refused for good by the mail server or came back later, `failed`
 * was given up here. `unconfirmed`: a mail server was given all of it and never answered, so that it probably arrived.
 */
export const messageState = z.enum(['queued', 'sending', 'sent', 'bounced', 'failed', 'unconfirmed']);
export type MessageState = z.output<typeof messageState>;

/** Why a mail came back, by the status a mail server names. */
export const bounceReason = z.enum([
  'unknownAddress',
  'mailboxFull',
  'mailboxClosed',
  'tooLarge',
  'refused',
  /** Our own address, not the recipient's. */
  'senderRefused',
  'unreachable',
  'other',
]);
export type BounceReason = z.output<typeof bounceReason>;

export const messageListItem = z.object({
  id,
  version: z.int().positive(),
  merchantId: id,
  kind: messageKind,
  /** What the message is about, and what that is; of a `digest` the digest itself, which is nowhere else. */
  documentId: id,
  documentType: z.enum([
    'return',
    'order',
    'shipment',
    'invoice',
    'rtvBatch',
    'specialJob',
    'lineDispute',
    'dunningLetter',
    'merchant',
    'digest',
  ]),
  /** Of the document; each revision has a message of its own. 0 for what a person wrote. */
  revision: z.int().nonnegative(),
  recipient: z.string(),
  /** The message that this one repeats because a person sent it again. */
  repeatsId: id.nullable(),
  /** `consumer`: to a customer of the merchant. */
  audience: z.enum(['merchant', 'consumer']),
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
  /** To merchants only where the message bounced: what ails the house's own mail server is none of theirs. */
  error: z.string().nullable(),
  /** Why a message bounced; `null` in every other state. */
  bounce: z
    .object({
      /** `atOnce`: by the mail server we gave it to; `report`: by a report that came back later. */
      by: z.enum(['atOnce', 'report']),
      reason: bounceReason,
      /** RFC 3463, as `5.1.1`. */
      status: z.string().nullable(),
    })
    .nullable(),
  /** What a mail server reports of a message that was sent and has not arrived yet. */
  delayNote: z.string().nullable(),
});
export type MessageListItem = z.output<typeof messageListItem>;

export const messageView = messageListItem.extend({
  /** Where it would go if it was sent again now: the addresses in the merchant's record today. */
  resendTo: z.array(z.string()),
  /**
   * Sending it again is refused for now (`MESSAGE_ON_ITS_WAY`): it, or a copy for all it would go to, is about to be sent.
   * False for what waits for an address that the merchant no longer has.
   */
  isOnItsWay: z.boolean(),
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
      /** `unanswered` and `unconfirmed`: the server was given all of it and never answered. */
      outcome: z.enum(['sent', 'bounced', 'failed', 'deferred', 'unanswered', 'unconfirmed']),
      /** What the mail server answered, or why there is no answer; empty to merchants unless sent or bounced. */
      response: z.string(),
      messageIdHeader: z.string(),
    }),
  ),
  /** What mail servers reported later, oldest first. */
  reports: z.array(
    z.object({
      at: instant,
      action: z.enum(['failed', 'delayed', 'delivered', 'relayed', 'expanded']),
      status: z.string().nullable(),
      /** Where it was to go in the end; others may deliver for a recipient. */
      address: z.string(),
      diagnostic: z.string(),
    }),
  ),
});
export type MessageView = z.output<typeof messageView>;

/** What a message that a person writes can be about; it stands in the history of that. */
export const letterSubject = z.strictObject({
  type: z.enum(['return', 'order', 'invoice', 'rtvBatch', 'merchant']),
  id,
});

const written = {
  to: z.enum(['merchant', 'consumer']),
  merchantId: id,
  subject: line(150).meta({ example: 'Ihre Retoure' }),
  body: text(5_000).meta({ description: 'Plain text; nothing in it is read as markup or as a placeholder' }),
  about: letterSubject,
};

export const letterView = z.object({
  id,
  ...written,
  language,
  /** User id. */
  writtenBy: z.string(),
  createdAt: instant,
  /** One per address. */
  messages: z.array(messageListItem),
});
export type LetterView = z.output<typeof letterView>;

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
  sendMessage: defineAction({
    name: 'notifications.sendMessage',
    summary:
      'Writes to a merchant (notice addresses) or to the consumer of an order; the addresses come from the records',
    rest: 'POST /messages',
    access: ['lead', 'finance', 'admin'],
    params: z.strictObject({}),
    body: z.strictObject({
      id: id.optional(),
      ...written,
      language: language.optional().meta({ description: 'Of the frame around the text; the merchant’s without it' }),
    }),
    output: letterView,
    status: 201,
  }),
  resendMessage: defineAction({
    name: 'notifications.resendMessage',
    summary:
      'Sends the content of an e-mail that was sent, bounced or given up, or waits for an address that was taken out, once more, to the addresses that the merchant has now',
    rest: 'POST /messages/{id}/resend',
    access: ['finance', 'admin'],
    params: byId,
    output: z.object({
      /** What goes out now, one per address; what is repeated keeps its state. To a consumer it is the same message. */
      messages: z.array(messageListItem),
    }),
  }),
  ...invoiceLinkActions,
  ...templateActions,
};
