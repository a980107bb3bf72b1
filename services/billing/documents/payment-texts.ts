import type { Language } from '../../../shared/documents/formats.ts';

/** What a document says that asks for a transfer. */
export interface TransferTexts {
  request(amount: string, due: string): string;
  payee: string;
  iban: string;
  bic: string;
  reference: string;
  giroCode: string;
  /** Instead of the picture, for those who hear the document. */
  giroCodeAlt(amount: string, payee: string): string;
}

export const TRANSFER_TEXTS: Record<Language, TransferTexts> = {
  de: {
    request: (amount, due) => `Bitte überweisen Sie ${amount} bis zum ${due}.`,
    payee: 'Empfänger',
    iban: 'IBAN',
    bic: 'BIC',
    reference: 'Verwendungszweck',
    giroCode: 'GiroCode',
    giroCodeAlt: (amount, payee) => `GiroCode für die Überweisung von ${amount} an ${payee}`,
  },
  en: {
    request: (amount, due) => `Please transfer ${amount} by ${due}.`,
    payee: 'Payee',
    iban: 'IBAN',
    bic: 'BIC',
    reference: 'Reference',
    giroCode: 'GiroCode',
    giroCodeAlt: (amount, payee) => `GiroCode for the transfer of ${amount} to ${payee}`,
  },
};
