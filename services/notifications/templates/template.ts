import type { z } from 'zod';
import type { Language } from '../../../shared/documents/formats.ts';
import type { ConsumerName } from '../../../shared/protocol/consumers.ts';
import type { EventDefinition } from '../../../shared/protocol/define.ts';
import type { MessageKind } from '../../../shared/protocol/notifications/events.ts';
import type { Block } from './content.ts';

/** The merchant as mails address it. */
export interface Reader {
  name: string;
  number: string;
  language: Language;
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

export interface MailTemplate<E extends EventDefinition = EventDefinition> {
  kind: MessageKind;
  consumer: ConsumerName;
  event: E;
  /** Which addresses of the merchant get it. */
  audience: 'notice' | 'invoice';
  /** What the mail is about; each revision is told once. */
  about: (payload: z.output<E['payload']>) => { documentId: string; revision: number };
  /** Pure: the same event gives the same letter. */
  write: (payload: z.output<E['payload']>, reader: Reader) => Letter;
}

/** Declares a template; in the list all are the same to the service. */
export const defineTemplate = <E extends EventDefinition>(template: MailTemplate<E>): MailTemplate =>
  template as unknown as MailTemplate;
