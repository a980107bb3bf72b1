import { cut } from '../../../shared/kernel/cut.ts';
import type { MessageState } from '../../../shared/protocol/notifications/actions.ts';
import { bounceReason, statusIn } from './delivery-report.ts';

/** What an attempt came to. */
export interface Verdict {
  /** `deferred` and `unanswered` are tried again; `unconfirmed` is not: it probably arrived. */
  outcome: 'sent' | 'bounced' | 'failed' | 'deferred' | 'unanswered' | 'unconfirmed';
  /** What the other side answered, or why there is no answer; one line. */
  response: string;
}

/** A message that no further attempt can deliver, through no fault of its recipient. */
export class Undeliverable extends Error {}

/** A mail server was given the whole content, and its answer never came: nobody knows whether it took it (RFC 1047). */
export class Unanswered extends Error {}

/** What was tried before. */
export interface Tried {
  /** Since the first attempt. */
  forMs: number;
  /** How many attempts ended without an answer to the content. */
  unanswered: number;
}

/** Five days, as RFC 5321, 4.5.4.1 recommends. */
export const GIVE_UP_AFTER_MS = 5 * 86_400_000;
/** It may not have arrived, so it goes out once more (reliability.md, fault 15), and no further copy follows. */
const MOST_UNANSWERED = 2;
/** A minute after the first attempt, then twice as long each time, up to an hour. */
export const BACK_OFF = { firstMs: 60_000, maxMs: 3_600_000 } as const;
/** A server that fails after the content does so for a while, and the copy that follows is the last one. */
const COPY_AFTER_MS = 3_600_000;
/** The part of a conversation that is about this message; a 5xx before it is about us, our password say. */
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** As an answer to MAIL FROM, which is about our own address else (RFC 1870). */
const MESSAGE_TOO_LARGE = 552;
/** Refused before DATA because we have to log in (RFC 4954); no fault of the message. */
const AUTHENTICATION_CODES = new Set([530, 534, 535, 538]);

/**
 * Judges an attempt that failed. Refused for good is what the server answers with 5xx to the message itself; a 4xx,
 * a lost connection, a deadline or a server that refuses us altogether, or our own address, is tried again.
 * @param error  whatever the attempt threw
 */
export function judgeFailure(error: unknown, { forMs, unanswered }: Tried): Verdict {
  const response = describe(error);
  const isOver = forMs >= GIVE_UP_AFTER_MS;
  if (error instanceof Undeliverable) return { outcome: 'failed', response };
  if (error instanceof Unanswered)
    return { outcome: isOver || unanswered + 1 >= MOST_UNANSWERED ? 'unconfirmed' : 'unanswered', response };
  if (isRefusal(error)) return { outcome: 'bounced', response };
  if (isOver) return { outcome: unanswered ? 'unconfirmed' : 'failed', response };
  return { outcome: 'deferred', response };
}

/** Where an attempt leaves its message. */
export const stateAfter = (outcome: Verdict['outcome']): Exclude<MessageState, 'sending'> =>
  outcome === 'deferred' || outcome === 'unanswered' ? 'queued' : outcome;

/** @returns how long its next attempt waits at least */
export const leastWaitMs = (outcome: Verdict['outcome']): number => (outcome === 'unanswered' ? COPY_AFTER_MS : 0);

function isRefusal(error: unknown): boolean {
  const { responseCode, command, code, response } = error as Partial<Record<string, unknown>>;
  if (!ABOUT_THE_MESSAGE.has(String(command))) return false;
  // without a reply: the message is larger than the server said it takes
  if (typeof responseCode !== 'number') return code === 'EMESSAGE' && command === 'MAIL FROM';
  if (responseCode < 500 || AUTHENTICATION_CODES.has(responseCode)) return false;
  const reason = bounceReason(statusIn(typeof response === 'string' ? response : null));
  // whoever may not send as this has to change that, and the message need not know of it
  if (reason === 'senderRefused') return false;
  return command !== 'MAIL FROM' || responseCode === MESSAGE_TOO_LARGE || reason === 'tooLarge';
}

function describe(error: unknown): string {
  const { response, message } = error as { response?: unknown; message?: unknown };
  return answerLine(typeof response === 'string' && response ? response : String(message ?? error));
}

/** What a server said, fit to be kept and shown: one line of well-formed text. */
export const answerLine = (text: string): string =>
  cut(
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\s\u0000-\u001F\u007F]+/g, ' ')
      .trim(),
    1_000,
  );
