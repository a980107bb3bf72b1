import type { Invariant } from './invariant.ts';

/** What holds for all services: events and their deliveries, and the walls between merchants. */
export const PLATFORM_INVARIANTS = [
  {
    id: 'I21.overdue',
    title: { de: 'Ereignisse werden zügig verarbeitet', en: 'Events are handled promptly' },
    meaning: {
      de: 'Ein Ereignis wartet seit mehr als zwei Minuten, ohne dass ein Versuch fehlgeschlagen ist.',
      en: 'An event has been waiting for more than two minutes although no attempt failed.',
    },
    remedy: {
      de: 'Prüfen, ob der genannte Teil läuft; er holt alles nach.',
      en: 'Check whether the named part is running; it catches up.',
    },
  },
  {
    id: 'I22.once',
    by: 'messaging.delivery delivery_pkey',
    title: {
      de: 'Ein Ereignis wird jedem Empfänger einmal zugestellt',
      en: 'An event is delivered once to each consumer',
    },
    meaning: { de: 'Ein Ereignis würde zweimal wirken.', en: 'An event would take effect twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I23.parked',
    title: { de: 'Fehlgeschlagene Ereignisse bleiben nicht liegen', en: 'Failed events are not left unattended' },
    meaning: {
      de: 'Ein Ereignis ist vor mehr als einem Tag fehlgeschlagen, und niemand hat sich darum gekümmert.',
      en: 'An event failed more than a day ago and nobody took care of it.',
    },
    remedy: {
      de: 'Unter Verwaltung, Fehlgeschlagene Ereignisse ansehen und noch einmal versuchen.',
      en: 'Look at it under Administration, Failed events, and try again.',
    },
  },
  {
    id: 'I24.deliveries',
    title: { de: 'Jedes Ereignis hat alle Empfänger', en: 'Every event has all its consumers' },
    meaning: {
      de: 'Ein Ereignis fehlt bei einem Empfänger: Seine Wirkung bliebe für immer aus.',
      en: 'An event is missing at a consumer: its effect would never come.',
    },
    remedy: {
      de: 'Mit der Kennung dem Hersteller melden; die Zustellung lässt sich nachtragen.',
      en: 'Report it with the id to the vendor; the delivery can be added.',
    },
  },
  {
    id: 'I28.walls',
    title: { de: 'Jede Tabelle trennt die Händler', en: 'Every table keeps merchants apart' },
    meaning: {
      de: 'Eine Tabelle mit Daten von Händlern hat keine erzwungene Zeilensicherheit (row level security), oder eine Regel oder Rolle umgeht sie.',
      en: 'A table with data of merchants has no forced row security, or a policy or a role steps around it.',
    },
    remedy: {
      de: 'Niemanden anmelden lassen, bis die Migrationen vollständig gelaufen sind.',
      en: 'Let nobody log in until the migrations have run completely.',
    },
  },
  {
    id: 'I29.answers',
    by: 'messaging.idempotency response not null',
    title: { de: 'Wiederholte Anfragen haben ihre Antwort', en: 'Repeated requests have their answer' },
    meaning: {
      de: 'Eine Anfrage gälte als erledigt, ohne dass ihre Antwort bekannt ist.',
      en: 'A request would count as done while its answer is unknown.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
] as const satisfies readonly Invariant[];
