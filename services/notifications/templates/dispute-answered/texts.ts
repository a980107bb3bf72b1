import type { Language } from '../../../../shared/documents/formats.ts';

type Ended = 'open' | 'credited' | 'rejected';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  /** How it stands with this answer. */
  states: Record<Ended, string>;
  labels: { invoice: string; line: string; disputed: string; state: string; credited: string; creditNote: string };
  wholeLine: string;
  inPortal: string;
  closing: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Antwort auf Ihre Beanstandung der Rechnung {{dispute.invoice}}',
    preheader: '{{dispute.line}}: {{dispute.state}}',
    heading: 'Antwort auf Ihre Beanstandung',
    intro: 'zu der Position, die Sie beanstandet haben, gibt es eine Antwort.',
    states: {
      open: 'noch in Klärung',
      credited: 'anerkannt, die Rechnung wird korrigiert',
      rejected: 'abgelehnt',
    },
    labels: {
      invoice: 'Rechnung',
      line: 'Position',
      disputed: 'Beanstandet (netto)',
      state: 'Stand',
      credited: 'Anerkannt (netto)',
      creditNote: 'Rechnungskorrektur',
    },
    wholeLine: 'die ganze Position',
    inPortal: 'Im Portal ansehen und antworten',
    closing: 'Solange die Beanstandung offen ist, wird die Rechnung nicht gemahnt.',
  },
  en: {
    subject: 'Answer to your dispute of invoice {{dispute.invoice}}',
    preheader: '{{dispute.line}}: {{dispute.state}}',
    heading: 'Answer to your dispute',
    intro: 'There is an answer about the line that you disputed.',
    states: {
      open: 'still being clarified',
      credited: 'accepted and credited',
      rejected: 'rejected',
    },
    labels: {
      invoice: 'Invoice',
      line: 'Line',
      disputed: 'Disputed (net)',
      state: 'State',
      credited: 'Credited (net)',
      creditNote: 'Credit note',
    },
    wholeLine: 'the whole line',
    inPortal: 'See it and answer in the portal',
    closing: 'While the dispute is open you will not be sent reminders for this invoice.',
  },
};
