import path from 'node:path';
import { publicUrlOf } from '../../shared/links/public-url.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { readSender, type Sender } from './domain/sender.ts';
import type { BounceMailbox } from './bounces/bounce-mailbox.ts';
import { imapMailbox } from './bounces/imap-mailbox.ts';
import { mailFolder } from './mail/mail-folder.ts';
import type { Mailer } from './mail/mailer.ts';
import { smtpMailer } from './mail/smtp-mailer.ts';

/** What the use cases of notifications need. */
export type NotificationsDeps = Pick<
  BaseDeps,
  'service' | 'orm' | 'now' | 'wake' | 'log' | 'random' | 'store' | 'call' | 'reached'
> & {
  keys: Pick<BaseDeps['keys'], 'link'>;
  /** Where the portal is, for links in mails. */
  publicUrl: () => string;
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  sender: Sender;
  mailer: Mailer;
  /** The mails that this process is sending or whose server has not answered yet. */
  open: Set<Promise<void>>;
  /** Aborted when the process ends and these have had their time. */
  leaving: AbortController;
  /** Where undelivered mails come back to; without it only what is refused at once is known. */
  bounces?: BounceMailbox | undefined;
};

// rows are read and written in sets, so there are no entities
export async function notificationsDeps(platform: Platform): Promise<BaseDeps & NotificationsDeps> {
  const { MAIL_FROM, SMTP_URL, KONTOR_BOUNCE_IMAP, dataDir } = platform.config;
  const sender = readSender(MAIL_FROM);
  const mailer = SMTP_URL ? smtpMailer(SMTP_URL) : mailFolder(path.join(dataDir, 'mail'));
  const bounces = KONTOR_BOUNCE_IMAP ? imapMailbox(KONTOR_BOUNCE_IMAP, { now: () => new Date() }) : undefined;
  const publicUrl = () => publicUrlOf(platform);
  const sending = { sender, mailer, open: new Set<Promise<void>>(), leaving: new AbortController() };
  return { ...(await baseDeps(platform, 'notifications', [])), ...sending, bounces, publicUrl };
}
