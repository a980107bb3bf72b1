import type { Language } from '../../../../shared/documents/formats.ts';
import type { JobUnit } from '../../../../shared/protocol/orders/special-jobs.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  labels: { number: string; description: string; quantity: string; openedOn: string };
  /** Of one, and of every other quantity. */
  units: Record<JobUnit, readonly [one: string, many: string]>;
  inPortal: string;
  closing: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Bitte zustimmen: Sonderauftrag {{job.number}}',
    preheader: '{{job.description}}, geschätzt {{job.quantity}}',
    heading: 'Sonderauftrag {{job.number}} wartet auf Ihre Zustimmung',
    intro:
      'für Ihre Ware steht ein Sonderauftrag an. Wir beginnen damit, sobald Sie zugestimmt haben. Berechnet wird nach der Preisliste, was es am Ende wirklich war.',
    labels: { number: 'Sonderauftrag', description: 'Was zu tun ist', quantity: 'Geschätzt', openedOn: 'Angelegt am' },
    units: {
      piece: ['Stück', 'Stück'],
      minute: ['Minute', 'Minuten'],
      hour: ['Stunde', 'Stunden'],
      job: ['× pauschal', '× pauschal'],
    },
    inPortal: 'Ansehen und zustimmen oder ablehnen',
    closing:
      'Antworten kann, wer für Ihr Unternehmen entscheiden darf. Ist die Frage schon beantwortet, zeigt das die Seite.',
  },
  en: {
    subject: 'Please approve: special job {{job.number}}',
    preheader: '{{job.description}}, estimated {{job.quantity}}',
    heading: 'Special job {{job.number}} is waiting for your approval',
    intro:
      'There is a special job to be done on your goods. We will start as soon as you approve it. What it really took in the end is billed by the rate card.',
    labels: { number: 'Special job', description: 'What is to be done', quantity: 'Estimate', openedOn: 'Opened on' },
    units: {
      piece: ['piece', 'pieces'],
      minute: ['minute', 'minutes'],
      hour: ['hour', 'hours'],
      job: ['× flat rate', '× flat rate'],
    },
    inPortal: 'See it and approve or decline',
    closing: 'Whoever may decide for your company can answer. If it has been answered already, the page says so.',
  },
};
