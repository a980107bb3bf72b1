import { SMTPServer } from 'smtp-server';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';

/** A real SMTP server on loopback that keeps what it gets. */
export interface MailSink {
  /** What makes the product send through it. */
  env: { SMTP_URL: string; MAIL_FROM: string };
  mails: ParsedMail[];
  close: () => Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void simpleParser(stream).then((mail) => (mails.push(mail), done()), done),
  });
  // a product that is killed resets its connection in the middle of a mail
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Kontor <kontor@fulfiller.example>' },
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
