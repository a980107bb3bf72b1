import { cut } from '../../../../shared/kernel/cut.ts';
import type { Language } from '../../../../shared/documents/formats.ts';
import type { Block, Fact } from '../content.ts';
import type { MailLinks } from '../links.ts';
import type { Letter } from '../template.ts';

export interface WrittenLetter {
  audience: 'merchant' | 'consumer';
  subject: string;
  body: string;
  about: { type: 'return' | 'order' | 'invoice' | 'rtvBatch' | 'merchant'; id: string; number: string };
}

const LABELS: Record<Language, Record<WrittenLetter['about']['type'], string> & { inPortal: string }> = {
  de: {
    return: 'Retoure',
    order: 'Bestellung',
    invoice: 'Rechnung',
    rtvBatch: 'Sammelrücksendung',
    merchant: 'Kundennummer',
    inPortal: 'Im Portal ansehen',
  },
  en: {
    return: 'Return',
    order: 'Order',
    invoice: 'Invoice',
    rtvBatch: 'Batch',
    merchant: 'Customer number',
    inPortal: 'See it in the portal',
  },
};

/** What a person wrote, in the frame of all mails. The text stays as it is: no greeting, no placeholders. */
export function writtenLetter(letter: WrittenLetter, language: Language, links: MailLinks): Letter {
  const { subject, body, about, audience } = letter;
  const labels = LABELS[language];
  const facts: Fact[] = [[labels[about.type], about.number]];
  const page = audience === 'merchant' ? pageOf(about, links) : undefined;
  return {
    subject,
    preheader: cut(body, 120).replaceAll(/\s+/g, ' '),
    heading: subject,
    blocks: [
      ...body
        .split(/(?:\r\n?|\n){2,}/)
        .filter((part) => part.trim())
        .map((text): Block => ({ type: 'paragraph', text })),
      { type: 'facts', facts },
      ...(page ? [{ type: 'links' as const, links: [{ label: labels.inPortal, url: page }] }] : []),
    ],
    attachments: [],
  };
}

function pageOf({ type, id }: WrittenLetter['about'], links: MailLinks): string | undefined {
  if (type === 'return') return links.returnPage(id);
  if (type === 'rtvBatch') return links.batchPage(id);
  if (type === 'invoice') return links.invoicePage(id);
  return undefined;
}
