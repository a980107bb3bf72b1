import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { isLoopback } from '../../../shared/kernel/loopback.ts';
import { Unanswered } from '../domain/verdict.ts';
import type { Mailer, OutgoingMail } from './mailer.ts';

interface Server {
  options: SMTPConnectionOptions;
  auth: { user: string; pass: string } | undefined;
}

interface Deadlines {
  /** Until the content is out: a server that sends a byte now and then never hits a timeout of idleness (fault 16). */
  deadlineMs: number;
  /** From then on: a server may look into a mail before it says whether it takes it. */
  answerMs: number;
}

/** The second is what RFC 5321, 4.5.3.2.6 asks for; who leaves earlier makes a server send what it has twice. */
const DEADLINES: Deadlines = { deadlineMs: 60_000, answerMs: 600_000 };
/** Small enough that the end of the content is near when the last one is taken. */
const PIECE_BYTES = 16_384;

/**
 * Sends each mail over a connection of its own: a pool may hang on to a dead one and lose mails (pitfalls.md).
 * @param url  SMTP_URL; user and password are percent-encoded
 */
export function smtpMailer(url: string, given: Partial<Deadlines> = {}): Mailer {
  const deadlines = { ...DEADLINES, ...given };
  const server = readServer(new URL(url), deadlines);
  return { send: (mail, leaving) => sendOver(server, mail, deadlines, leaving) };
}

async function sendOver(
  { options, auth }: Server,
  mail: OutgoingMail,
  { deadlineMs, answerMs }: Deadlines,
  leaving?: AbortSignal,
): Promise<string> {
  leaving?.throwIfAborted();
  const connection = new SMTPConnection(options);
  return new Promise<string>((resolve, reject) => {
    let isOut = false;
    let deadline: NodeJS.Timeout | undefined;
    const settle = () => {
      clearTimeout(deadline);
      leaving?.removeEventListener('abort', leave);
    };
    // closing makes the connection say that it ended, so the outcome is settled before
    const fail = (error: Error) => {
      settle();
      reject(isOut && !isAnswer(error) ? new Unanswered(error.message, { cause: error }) : error);
      connection.close();
    };
    const leave = () => fail(leaving?.reason as Error);
    leaving?.addEventListener('abort', leave, { once: true });
    const endAfter = (ms: number, what: string) => {
      clearTimeout(deadline);
      deadline = setTimeout(() => fail(new Error(`The mail server did not ${what} within ${ms} ms`)), ms);
    };
    const contentIsOut = () => {
      isOut = true;
      endAfter(answerMs, 'answer the content');
    };
    const transfer = () =>
      connection.send(
        { from: mail.from, to: [mail.to], size: mail.source.length },
        contentOf(mail.source, contentIsOut),
        (error, info) => {
          if (error) return fail(error);
          settle();
          resolve(info?.response ?? '');
          connection.quit();
          connection.close();
        },
      );
    endAfter(deadlineMs, 'finish');
    // stays attached: what a dying socket says after the end must not end the process
    connection.on('error', fail);
    // the end may be told before the answer that led to it
    connection.on('end', () => setImmediate(() => fail(new Error('The mail server ended the connection'))));
    connection.connect((error) => {
      if (error) return fail(error);
      if (!auth) return transfer();
      connection.login(auth, (refused) => (refused ? fail(refused) : transfer()));
    });
  });
}

/** @param whenOut  called when all of it was taken to be sent: from then on the server may have it as a whole */
function contentOf(source: Buffer, whenOut: () => void): Readable {
  const count = Math.ceil(source.length / PIECE_BYTES);
  const pieces = Array.from({ length: count }, (_, index) =>
    source.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );
  return Readable.from(pieces, { objectMode: false, highWaterMark: PIECE_BYTES }).once('end', whenOut);
}

/** A no of the server, in which case it does not have the mail. */
const isAnswer = (error: Error): boolean => ((error as { responseCode?: number }).responseCode ?? 0) >= 400;

function readServer(url: URL, { deadlineMs, answerMs }: Deadlines): Server {
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const options: SMTPConnectionOptions = {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    // a password never crosses a network in the clear
    requireTLS: !secure && auth !== undefined && !isLoopback(host),
    // the deadline of the whole comes first, or chance would decide what is said of a server that is too slow
    connectionTimeout: 2 * deadlineMs,
    greetingTimeout: 2 * deadlineMs,
    socketTimeout: 2 * (deadlineMs + answerMs),
    socketCloseTimeout: 1_000,
  };
  return { options, auth };
}
