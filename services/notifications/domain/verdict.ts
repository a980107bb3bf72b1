/** What an attempt came to. */
export interface Verdict {
  /** `deferred` is tried again. */
  outcome: 'sent' | 'bounced' | 'failed' | 'deferred';
  /** What the other side answered, or why there is no answer; one line. */
  response: string;
}

/** A message that no further attempt can deliver, through no fault of its recipient. */
export class Undeliverable extends Error {}

/** Five days, as RFC 5321, 4.5.4.1 recommends. */
export const GIVE_UP_AFTER_MS = 5 * 86_400_000;
/** A minute after the first attempt, then twice as long each time, up to an hour. */
export const BACK_OFF = { firstMs: 60_000, maxMs: 3_600_000 } as const;
/** The part of a conversation that is about this message; a 5xx before it is about us, our password say. */
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** Refused before DATA because we have to log in (RFC 4954); no fault of the message. */
const AUTHENTICATION_CODES = new Set([530, 534, 535, 538]);

/**
 * Judges an attempt that failed. Refused for good is what the server answers with 5xx to the message itself; a 4xx,
 * a lost connection, a deadline or a server that refuses us altogether is tried again.
 * @param error  whatever the attempt threw
 * @param triedForMs  since the message was queued
 */
export function judgeFailure(error: unknown, triedForMs: number): Verdict {
  const response = describe(error);
  if (error instanceof Undeliverable) return { outcome: 'failed', response };
  if (isRefusal(error)) return { outcome: 'bounced', response };
  if (triedForMs >= GIVE_UP_AFTER_MS) return { outcome: 'failed', response };
  return { outcome: 'deferred', response };
}

function isRefusal(error: unknown): boolean {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  if (!ABOUT_THE_MESSAGE.has(command ?? '')) return false;
  // without a reply: the message is larger than the server said it takes
  if (responseCode === undefined) return code === 'EMESSAGE' && command === 'MAIL FROM';
  return responseCode >= 500 && !AUTHENTICATION_CODES.has(responseCode);
}

function describe(error: unknown): string {
  const { response, message } = error as { response?: unknown; message?: unknown };
  return answerLine(typeof response === 'string' && response ? response : String(message ?? error));
}

/** What a server said, fit to be kept and shown: one line of well-formed text. */
export const answerLine = (text: string): string =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\s\u0000-\u001F\u007F]+/g, ' ')
    .trim()
    .slice(0, 1_000);
