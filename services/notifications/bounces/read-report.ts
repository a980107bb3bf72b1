import { createHash } from 'node:crypto';
import type { Attachment } from 'mailparser';
import { readRecipients, type DeliveryReport } from '../domain/delivery-report.ts';
import { answerLine } from '../domain/verdict.ts';

const REPORT_HEAD = /^content-type:\s*multipart\/report\b/im;
const STATUS_PARTS = new Set(['message/delivery-status', 'message/global-delivery-status']);
const RETURNED_PARTS = new Set([
  ...['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'],
]);
/** As this service makes them; nothing else is looked for. */
const OUR_IDS = /<[0-9a-f-]{36}@[A-Za-z0-9.-]{1,253}>/g;
const MOST_IDS = 20;

/**
 * Reads a report on delivery from the first bytes of a mail. Whatever is not one, is broken or is meant to break
 * something is `null`.
 */
export async function readReport(source: Buffer): Promise<DeliveryReport | null> {
  // most mails end here, before anything is made of their parts
  if (!REPORT_HEAD.test(source.toString('latin1'))) return null;
  try {
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(source, {
      ...{ skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true },
      keepDeliveryStatus: true,
      // as a part, also where a server asks for it to be shown at once; its types do not know the option
      ...{ ignoreEmbedded: true },
    });
    const type = mail.headers.get('content-type') as { value?: string } | undefined;
    const status = mail.attachments.find(({ contentType }) => STATUS_PARTS.has(contentType));
    if (type?.value !== 'multipart/report' || !status) return null;
    const returned = mail.attachments.find(({ contentType }) => RETURNED_PARTS.has(contentType));
    return {
      reportId: reportIdOf(mail.messageId, source),
      ...readReturned(returned),
      answeredIds: returned ? [] : idsIn([mail.inReplyTo, mail.references].flat().join(' ')),
      recipients: readRecipients(textOf(status)).map((recipient) => ({
        ...recipient,
        diagnostic: answerLine(recipient.diagnostic),
      })),
    };
  } catch {
    return null;
  }
}

function readReturned(part: Attachment | undefined): Pick<DeliveryReport, 'returnedIds' | 'returnedTo'> {
  const text = part ? textOf(part).replaceAll(/\r?\n[ \t]+/g, ' ') : '';
  // the head ends at the first empty line; what follows was written by anybody
  const head = text.slice(0, /\r?\n\r?\n/.exec(text)?.index).split(/\r?\n/);
  const valueOf = (name: string) =>
    head.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
  return {
    returnedIds: idsIn(valueOf('message-id')),
    returnedTo: valueOf('to')
      .split(',')
      .slice(0, MOST_IDS)
      .map((address) =>
        address
          .replace(/^.*<|>.*$/g, '')
          .trim()
          .toLowerCase(),
      ),
  };
}

/** The id its server gave it; without one, or with one that is no id, its content. */
const reportIdOf = (messageId: string | undefined, source: Buffer): string =>
  messageId && /^<[\x21-\x7E]{3,250}>$/.test(messageId)
    ? messageId
    : `sha256:${createHash('sha256').update(source).digest('hex')}`;

const idsIn = (text: string): string[] => [...new Set(text.match(OUR_IDS) ?? [])].slice(0, MOST_IDS);

const textOf = ({ content }: Attachment): string => content.toString('utf8');
