import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  labels: { number: string; order: string; kind: string; receivedOn: string };
  inPortal: string;
  closing: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Retoure {{return.number}} ist eingetroffen',
    preheader: 'Eingetroffen am {{return.receivedOn}}',
    heading: 'Ihre Retoure {{return.number}} ist eingetroffen',
    intro:
      'die Retoure {{return.number}} ist am {{return.receivedOn}} bei uns eingetroffen. Wir prüfen sie als Nächstes.',
    labels: { number: 'Retoure', order: 'Bestellung', kind: 'Art der Retoure', receivedOn: 'Eingetroffen am' },
    inPortal: 'Retoure im Portal ansehen',
    closing: 'Den Befund mit Fotos finden Sie im Portal, sobald die Prüfung abgeschlossen ist.',
  },
  en: {
    subject: 'Return {{return.number}} has arrived',
    preheader: 'Arrived on {{return.receivedOn}}',
    heading: 'Your return {{return.number}} has arrived',
    intro: 'Return {{return.number}} reached us on {{return.receivedOn}}. We will inspect it next.',
    labels: { number: 'Return', order: 'Order', kind: 'Kind of return', receivedOn: 'Arrived on' },
    inPortal: 'See the return in the portal',
    closing: 'You will find our findings with photos in the portal once the inspection is complete.',
  },
};
