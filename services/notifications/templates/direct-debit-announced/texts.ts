import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  amount: string;
  /** Below the amount. */
  onDay: string;
  labels: { invoice: string; day: string; iban: string; mandate: string; creditor: string };
  inPortal: string;
  closing: string;
}

/** The pre-notification of the SEPA rulebooks: amount, day, mandate, creditor and account. */
export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Lastschrift zur Rechnung {{debit.invoice}} am {{debit.day}}',
    preheader: '{{debit.amount}} werden am {{debit.day}} eingezogen',
    heading: 'Ankündigung einer Lastschrift',
    intro:
      'die Rechnung {{debit.invoice}} wird anders eingezogen, als auf ihr steht: {{debit.amount}} am {{debit.day}}. Bitte sorgen Sie dafür, dass Ihr Konto dann gedeckt ist.',
    amount: 'Wird eingezogen',
    onDay: 'am {{debit.day}}',
    labels: {
      invoice: 'Rechnung',
      day: 'Einzug am',
      iban: 'Ihr Konto (IBAN)',
      mandate: 'Mandatsreferenz',
      creditor: 'Gläubiger-Identifikationsnummer',
    },
    inPortal: 'Zur Rechnung im Portal',
    closing: 'Haben Sie die Rechnung inzwischen überwiesen, geben Sie uns bitte vor diesem Tag Bescheid.',
  },
  en: {
    subject: 'Direct debit for invoice {{debit.invoice}} on {{debit.day}}',
    preheader: '{{debit.amount}} will be collected on {{debit.day}}',
    heading: 'Advance notice of a direct debit',
    intro:
      'Invoice {{debit.invoice}} will be collected differently from what it states: {{debit.amount}} on {{debit.day}}. Please make sure that your account is in funds by then.',
    amount: 'To be collected',
    onDay: 'on {{debit.day}}',
    labels: {
      invoice: 'Invoice',
      day: 'Collection on',
      iban: 'Your account (IBAN)',
      mandate: 'Mandate reference',
      creditor: 'Creditor identifier',
    },
    inPortal: 'To the invoice in the portal',
    closing: 'If you have paid the invoice by transfer in the meantime, please let us know before that day.',
  },
};
