import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { MessageKind } from '../../../shared/protocol/notifications/events.ts';

/** What makes a message one message: there is never a second with the same values (reliability.md, T2). */
export interface MessageKey {
  documentId: string;
  kind: MessageKind;
  recipient: string;
  /** Of the document; a return that was inspected again is told again. */
  revision: number;
}

/** The id of a message, made of its key, so that a repeated event makes the same message. */
export const messageIdOf = ({ documentId, kind, recipient, revision }: MessageKey): string =>
  uuidOf('message', documentId, kind, recipient.toLowerCase(), revision);

/**
 * The id of what repeats a message to an address, so that one turn reaches each address once.
 * @param turn  how often the message was repeated, with this time
 */
export const repetitionIdOf = (repeatsId: string, turn: number, recipient: string): string =>
  uuidOf('repetition', repeatsId, turn, recipient.toLowerCase());

/**
 * The Message-ID header (RFC 5322, 3.6.4). It stays the same however often one sending is tried, so that a receiver
 * can tell a repetition; a resend by hand gets another, because receivers drop what they have seen.
 * @param resends  how often the message was sent again by hand
 */
export const messageIdHeader = (id: string, resends: number, domain: string): string =>
  `<${resends ? uuidOf(id, 'resend', resends) : id}@${domain}>`;
