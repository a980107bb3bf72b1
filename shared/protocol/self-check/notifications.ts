import type { Invariant } from './invariant.ts';

/** Mails. */
export const NOTIFICATIONS_INVARIANTS = [
  {
    id: 'I25.mailed',
    title: { de: 'Jede Rechnung wurde verschickt', en: 'Every invoice was mailed' },
    meaning: {
      de: 'Eine Stunde nachdem das Dokument fertig war, gibt es keine E-Mail dazu, oder niemand versucht, sie zu verschicken.',
      en: 'An hour after its document was ready there is no mail for it, or nobody tries to send it.',
    },
    remedy: {
      de: 'Empfänger für Rechnungen beim Händler prüfen, das PDF unter Finanzen, Rechnungen herunterladen und selbst verschicken.',
      en: "Check the merchant's addresses for invoices, download the PDF under Finance, Invoices and send it yourself.",
    },
  },
  {
    id: 'I25.invoice',
    title: { de: 'Keine Rechnungsmail ohne Rechnung', en: 'No invoice mail without an invoice' },
    meaning: {
      de: 'Eine E-Mail nennt eine Rechnung, die es nicht gibt.',
      en: 'A mail names an invoice that does not exist.',
    },
    remedy: { de: 'E-Mail öffnen und mit dem Händler klären.', en: 'Open the mail and talk to the merchant.' },
  },
  {
    id: 'I25.once',
    by: 'notifications.message message_once',
    title: { de: 'Nichts wird zweimal mitgeteilt', en: 'Nothing is told twice' },
    meaning: { de: 'Ein Händler bekäme dieselbe E-Mail zweimal.', en: 'A merchant would get a mail twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I25.sent',
    title: { de: 'Was als verschickt gilt, hat einen Versuch', en: 'What counts as sent has an attempt' },
    meaning: {
      de: 'Eine E-Mail gilt als verschickt, ohne dass ein Mailserver sie angenommen oder ihre Zustellung gemeldet hat.',
      en: 'A mail counts as sent although no mail server took it or reported that it was delivered.',
    },
    remedy: {
      de: 'E-Mail unter Verwaltung, E-Mails öffnen und noch einmal schicken.',
      en: 'Open the mail under Administration, E-mails and send it again.',
    },
  },
  {
    id: 'I25.unconfirmed',
    title: { de: 'Keine Rechnung oder Mahnung blieb unbestätigt', en: 'No invoice or dunning letter is unconfirmed' },
    meaning: {
      de: 'Der Mailserver hat eine solche E-Mail in den letzten 30 Tagen bekommen und nie bestätigt; sie kann verloren sein.',
      en: 'The mail server was given such a mail within the last 30 days and never confirmed it; it may be lost.',
    },
    remedy: {
      de: 'Beim Händler nachfragen und die E-Mail noch einmal schicken, wenn sie fehlt.',
      en: 'Ask the merchant and send the mail again when it is missing.',
    },
  },
  {
    id: 'I25.bounced',
    title: { de: 'Was zurückkam, hat einen Bericht', en: 'What came back has a report' },
    meaning: {
      de: 'Eine E-Mail gilt als zurückgekommen, ohne dass ein Mailserver das zu dieser Sendung gemeldet hat.',
      en: 'A mail counts as come back although no mail server reported so of this sending.',
    },
    remedy: {
      de: 'E-Mail öffnen, beim Händler nachfragen und sie noch einmal schicken.',
      en: 'Open the mail, ask the merchant and send it again.',
    },
  },
  {
    id: 'I25.mailbox',
    title: { de: 'Das Postfach für Rückläufer wird gelesen', en: 'The mailbox for bounces is read' },
    meaning: {
      de: 'Seit über einer Stunde lässt es sich nicht lesen. Was später zurückkommt, gilt so lange als verschickt.',
      en: 'It could not be read for more than an hour. What comes back later counts as sent until then.',
    },
    remedy: {
      de: 'KONTOR_BOUNCE_IMAP und den Mailserver prüfen; danach wird alles nachgeholt.',
      en: 'Check KONTOR_BOUNCE_IMAP and the mail server; everything is caught up with afterwards.',
    },
  },
] as const satisfies readonly Invariant[];
