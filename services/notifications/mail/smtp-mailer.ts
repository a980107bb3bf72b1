import { isIP } from 'node:net';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Mailer, OutgoingMail } from './mailer.ts';

interface Server {
  options: SMTPConnectionOptions;
  auth: { user: string; pass: string } | undefined;
}

/** A server that sends a byte now and then never hits a timeout of idleness, so the whole has an end (fault 16). */
const DEADLINE_MS = 60_000;

/**
 * Sends each mail over a connection of its own: a pool may hang on to a dead one and lose mails (pitfalls.md).
 * @param url  SMTP_URL; user and password are percent-encoded
 */
export function smtpMailer(url: string, { deadlineMs = DEADLINE_MS } = {}): Mailer {
  const server = readServer(new URL(url), deadlineMs);
  return { send: (mail) => sendOver(server, mail, deadlineMs) };
}

function sendOver({ options, auth }: Server, mail: OutgoingMail, deadlineMs: number): Promise<string> {
  const connection = new SMTPConnection(options);
  return new Promise<string>((resolve, reject) => {
    // closing makes the connection say that it ended, so the outcome is settled before
    const fail = (error: Error) => {
      clearTimeout(deadline);
      reject(error);
      connection.close();
    };
    const deadline = setTimeout(
      () => fail(new Error(`The mail server did not finish within ${deadlineMs} ms`)),
      deadlineMs,
    );
    const transfer = () =>
      connection.send({ from: mail.from, to: [mail.to], size: mail.source.length }, mail.source, (error, info) => {
        if (error) return fail(error);
        clearTimeout(deadline);
        resolve(info?.response ?? '');
        connection.quit();
        connection.close();
      });
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

function readServer(url: URL, deadlineMs: number): Server {
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
    socketTimeout: 2 * deadlineMs,
    socketCloseTimeout: 1_000,
  };
  return { options, auth };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
