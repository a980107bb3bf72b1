import path from 'node:path';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { readSender, type Sender } from './domain/sender.ts';
import { mailFolder } from './mail/mail-folder.ts';
import type { Mailer } from './mail/mailer.ts';
import { smtpMailer } from './mail/smtp-mailer.ts';

/** What the use cases of notifications need. */
export type NotificationsDeps = Pick<BaseDeps, 'service' | 'orm' | 'now' | 'wake' | 'log' | 'store'> & {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  sender: Sender;
  mailer: Mailer;
  /** A number in [0, 1), for the jitter of back-offs. */
  random: () => number;
};

// rows are read and written in sets, so there are no entities
export async function notificationsDeps(platform: Platform): Promise<BaseDeps & NotificationsDeps> {
  const { MAIL_FROM, SMTP_URL, dataDir } = platform.config;
  const sender = readSender(MAIL_FROM);
  const mailer = SMTP_URL ? smtpMailer(SMTP_URL) : mailFolder(path.join(dataDir, 'mail'));
  return { ...(await baseDeps(platform, 'notifications', [])), sender, mailer, random: Math.random };
}
