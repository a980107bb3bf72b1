import { cut } from '../../../shared/kernel/cut.ts';
import { date, type Language } from '../../../shared/documents/formats.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';

export interface SlipMail {
  shop: string;
  /** What is scanned as the parcel arrives. */
  code: string;
  addressLines: readonly string[];
  url: string;
  endsOn: LocalDate;
}

/** What a consumer is written with the link to the sheet: plain text, and enough to send goods back without a printer. */
export const slipMail = (mail: SlipMail, language: Language): { subject: string; body: string } => ({
  subject: cut(SUBJECTS[language](mail.shop), 150),
  body: BODIES[language](mail),
});

const SUBJECTS: Record<Language, (shop: string) => string> = {
  de: (shop) => `Ihr Retourenschein für ${shop}`,
  en: (shop) => `Your return slip for ${shop}`,
};

const BODIES: Record<Language, (mail: SlipMail) => string> = {
  de: ({ shop, code, addressLines, url, endsOn }) =>
    [
      `Guten Tag,\n\nhier ist der Retourenschein für Ihre Rücksendung an ${shop}:\n${url}`,
      'Bitte drucken Sie ihn aus, kreuzen Sie an, was Sie zurücksenden, und legen Sie ihn oben in das Paket.',
      `Ohne Drucker schreiben Sie die Nummer ${code} gut lesbar auf einen Zettel im Paket. Die Anschrift ist:`,
      addressLines.join('\n'),
      `Der Link gilt bis zum ${date(endsOn, 'de')}.`,
    ].join('\n\n'),
  en: ({ shop, code, addressLines, url, endsOn }) =>
    [
      `Hello,\n\nhere is the return slip for what you send back to ${shop}:\n${url}`,
      'Please print it, tick what you send back, and put it on top into the parcel.',
      `Without a printer, write the number ${code} clearly on a note inside the parcel. The address is:`,
      addressLines.join('\n'),
      `The link ends on ${date(endsOn, 'en')}.`,
    ].join('\n\n'),
};
