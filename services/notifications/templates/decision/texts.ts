import type { Language } from '../../../../shared/documents/formats.ts';

interface Letter {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  closing: string;
}

export interface Texts {
  /** The question, and its reminder. */
  requested: Letter;
  reminder: Letter;
  labels: {
    number: string;
    order: string;
    dueAt: string;
    quantity: string;
    sku: string;
    reason: string;
    choices: string;
    byDefault: string;
  };
  /** What happens by default, and when. */
  byDefault: string;
  items: string;
  decide: string;
  inPortal: string;
  photos: string;
  morePhotos: string;
  photoOf: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    requested: {
      subject: 'Bitte entscheiden: Retoure {{return.number}}, bis {{decision.dueOn}}',
      preheader: 'Ihre Antwort bis {{decision.due}}',
      heading: 'Was soll mit diesen Artikeln geschehen?',
      intro:
        'zur Retoure {{return.number}} brauchen wir Ihre Entscheidung. Bitte antworten Sie bis {{decision.due}}. Hören wir bis dahin nichts von Ihnen, verfahren wir so, wie es bei jedem Artikel steht.',
      closing:
        'Der Link gilt nur für diese Retoure und nur, solange eine Frist läuft. Wer ihn hat, kann entscheiden: Bitte geben Sie diese Nachricht nur an Personen weiter, die das dürfen.',
    },
    reminder: {
      subject: 'Erinnerung: Ihre Entscheidung zu Retoure {{return.number}} bis {{decision.dueOn}}',
      preheader: 'Die Frist endet {{decision.due}}',
      heading: 'Ihre Entscheidung steht noch aus',
      intro:
        'die Frist für Ihre Entscheidung zur Retoure {{return.number}} endet bald: {{decision.due}}. Hören wir bis dahin nichts von Ihnen, verfahren wir so, wie es bei jedem Artikel steht.',
      closing:
        'Der Link gilt nur für diese Retoure und nur, solange eine Frist läuft. Haben Sie inzwischen entschieden, ist nichts weiter zu tun.',
    },
    labels: {
      number: 'Retoure',
      order: 'Bestellung',
      dueAt: 'Antwort bis',
      quantity: 'Menge',
      sku: 'Artikelnummer',
      reason: 'Grund',
      choices: 'Zur Wahl',
      byDefault: 'Ohne Ihre Antwort',
    },
    byDefault: '{{what}} – Frist: {{when}}',
    items: 'Darum geht es',
    decide: 'Jetzt entscheiden',
    inPortal: 'Oder im Portal entscheiden',
    photos: 'Fotos: {{count}}',
    morePhotos: 'Fotos: {{count}}, davon hier gezeigt: {{shown}}',
    photoOf: 'Foto {{index}}: {{item}}',
  },
  en: {
    requested: {
      subject: 'Please decide: return {{return.number}}, by {{decision.dueOn}}',
      preheader: 'Please answer by {{decision.due}}',
      heading: 'What should happen to these items?',
      intro:
        'We need your decision on return {{return.number}}. Please answer by {{decision.due}}. If we do not hear from you by then, we will do what is stated with each item.',
      closing:
        'The link is for this return only and works while a deadline is running. Whoever has it can decide, so please forward this message only to people who may.',
    },
    reminder: {
      subject: 'Reminder: your decision on return {{return.number}} by {{decision.dueOn}}',
      preheader: 'The deadline ends {{decision.due}}',
      heading: 'Your decision is still open',
      intro:
        'The deadline for your decision on return {{return.number}} is close: {{decision.due}}. If we do not hear from you by then, we will do what is stated with each item.',
      closing:
        'The link is for this return only and works while a deadline is running. If you have decided in the meantime, there is nothing left to do.',
    },
    labels: {
      number: 'Return',
      order: 'Order',
      dueAt: 'Answer by',
      quantity: 'Quantity',
      sku: 'SKU',
      reason: 'Reason',
      choices: 'Your options',
      byDefault: 'Without your answer',
    },
    byDefault: '{{what}} – deadline: {{when}}',
    items: 'What this is about',
    decide: 'Decide now',
    inPortal: 'Or decide in the portal',
    photos: 'Photos: {{count}}',
    morePhotos: 'Photos: {{count}}, shown here: {{shown}}',
    photoOf: 'Photo {{index}}: {{item}}',
  },
};
