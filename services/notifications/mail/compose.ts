import MailComposer from 'nodemailer/lib/mail-composer';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { email } from '../../../shared/protocol/schemas.ts';
import { Undeliverable } from '../domain/verdict.ts';
import type { StoredMessage } from '../persistence/messages.ts';
import { readAttachment } from './read-attachment.ts';

/**
 * The mail as bytes. The same message gives the same bytes: date, Message-ID and boundaries come from its row, so a
 * repetition, the file and the download are one and the same.
 * @throws Undeliverable  the recipient is not one plain address, or an attached file is not the one announced
 */
export async function composeSource(store: ObjectStore, message: StoredMessage): Promise<Buffer> {
  const to = email.safeParse(message.recipient);
  if (!to.success) throw new Undeliverable('The recipient is not one plain e-mail address');
  const attachments = [];
  for (const attachment of message.attachments)
    attachments.push({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: await readAttachment(store, attachment),
      contentDisposition: attachment.cid ? 'inline' : 'attachment',
      ...(attachment.cid ? { cid: attachment.cid } : {}),
    });
  const composer = new MailComposer({
    from: { name: message.senderName, address: message.senderAddress },
    to: { name: '', address: to.data },
    subject: message.subject,
    text: message.text,
    html: message.html,
    attachments,
    messageId: message.messageIdHeader,
    date: new Date(message.createdAt),
    // keeps absence notes from answering, unless a person wrote (RFC 3834)
    headers:
      message.kind === 'individual' ? {} : { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    baseBoundary: message.id.replaceAll('-', ''),
    boundaryPrefix: '--kontor',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
