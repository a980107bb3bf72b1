import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  amount: string;
  payBy: string;
  labels: { claims: string; total: string };
  /** What is beside each invoice. */
  due: (day: string) => string;
  titles: readonly [string, string, string, string];
  /** Of a letter of several levels, without and with a reminder among them. */
  mixedTitles: readonly [string, string];
  closing: string;
  inPortal: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: '{{dunning.title}} {{dunning.number}} von {{issuer.name}}',
    preheader: '{{dunning.total}}, zahlbar bis {{dunning.payBy}}',
    heading: '{{dunning.title}} {{dunning.number}}',
    intro: 'bei den folgenden Rechnungen ist noch ein Betrag offen.',
    amount: 'Zu zahlen',
    payBy: 'bis zum {{dunning.payBy}}',
    labels: {
      claims: 'Zinsen, Pauschalen und Gebühren',
      total: 'Zu zahlen',
    },
    due: (day) => `fällig am ${day}`,
    titles: ['Zahlungserinnerung', '1. Mahnung', '2. Mahnung', '3. Mahnung'],
    mixedTitles: ['Mahnung', 'Zahlungserinnerung und Mahnung'],
    closing:
      'Das Schreiben mit allen Beträgen und unserer Bankverbindung liegt als PDF-Datei bei. Was Sie inzwischen bezahlt haben, brauchen Sie nicht noch einmal zu überweisen.',
    inPortal: 'Rechnungen im Portal ansehen',
  },
  en: {
    subject: '{{dunning.title}} {{dunning.number}} from {{issuer.name}}',
    preheader: '{{dunning.total}}, to be paid by {{dunning.payBy}}',
    heading: '{{dunning.title}} {{dunning.number}}',
    intro: 'An amount is still open on the following invoices.',
    amount: 'Amount due',
    payBy: 'by {{dunning.payBy}}',
    labels: {
      claims: 'Interest, lump sums and fees',
      total: 'Amount due',
    },
    due: (day) => `due on ${day}`,
    titles: ['Payment reminder', 'First overdue notice', 'Second overdue notice', 'Final notice'],
    mixedTitles: ['Overdue notice', 'Payment reminder and overdue notice'],
    closing:
      'The letter with all amounts and our bank details is attached as a PDF. Whatever you have paid in the meantime need not be paid again.',
    inPortal: 'See the invoices in the portal',
  },
};
