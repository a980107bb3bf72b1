import type { z } from 'zod';
import type { Language } from '../../../shared/documents/formats.ts';
import type { ConsumerName } from '../../../shared/protocol/consumers.ts';
import type { EventDefinition } from '../../../shared/protocol/define.ts';
import type { TemplateKind, TemplateTexts } from '../../../shared/protocol/notifications/template-actions.ts';
import type { Block } from './content.ts';
import type { Values } from './fill.ts';
import type { MailLinks } from './links.ts';
import type { SlotTexts } from './slots.ts';

/** The merchant as mails address it. */
export interface Reader {
  name: string;
  number: string;
  language: Language;
  /** Its invoices bring their XML; a link that asks for no log-in. */
  invoiceXml?: boolean;
  invoiceLink?: boolean;
}

/** A file of the object store that travels with a mail. */
export interface Attachment {
  objectKey: string;
  filename: string;
  contentType: string;
  /** Lower-case hex over the file; it is checked before the mail leaves. */
  sha256: string;
  /** `null` where the event does not tell. */
  bytes: number | null;
  /** Set for a picture shown inside the mail. */
  cid: string | null;
}

export interface Letter {
  /** Who writes; the sender's name without it. */
  issuerName?: string;
  subject: string;
  preheader: string;
  heading: string;
  blocks: Block[];
  attachments: Attachment[];
}

/** What a letter is written with besides its facts. */
export interface Desk {
  /** Texts of one's own; what they do not name is as the product brings it. */
  texts: TemplateTexts;
  links: MailLinks;
  /** Of the warehouse; deadlines are told in it. */
  zone: string;
}

/** A kind of mail whose texts can be changed. */
export interface LetterTemplate<Payload = never> {
  kind: TemplateKind;
  /** The texts that can be replaced. */
  slots: Record<Language, SlotTexts>;
  /** What the texts may name. The same names whatever the payload holds. */
  values: (payload: Payload, reader: Reader, zone: string) => Values;
  /** Pure: the same facts and the same desk give the same letter. */
  write: (payload: Payload, reader: Reader, desk: Desk) => Letter;
  /** Facts to show the texts with. */
  sample: (language: Language) => Payload;
}

/** A kind of mail that is told because something happened. */
export interface MailTemplate<E extends EventDefinition = EventDefinition> extends LetterTemplate<
  z.output<E['payload']>
> {
  kind: Exclude<TemplateKind, 'digest' | 'decisionReminder'>;
  consumer: ConsumerName;
  event: E;
  /** Where several templates tell the same event: which of them tells this one. */
  isFor?: (payload: z.output<E['payload']>) => boolean;
  /** Which addresses of the merchant get it. */
  audience: 'notice' | 'invoice';
  /** What the mail is about; each revision is told once. */
  about: (payload: z.output<E['payload']>) => { documentId: string; revision: number };
  /** What of it time has not passed by, so that telling it does not mislead; `null` when nothing is left. */
  upToDate?: (payload: z.output<E['payload']>, now: Date) => z.output<E['payload']> | null;
}

/** Declares a template; in the list all are the same to the service. */
export const defineTemplate = <E extends EventDefinition>(template: MailTemplate<E>): MailTemplate =>
  template as unknown as MailTemplate;
