import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { Sequence } from '../../domain/direct-debits/mandates.ts';

/** Who collects, as it was when the run was approved. */
export interface Creditor {
  name: string;
  iban: string;
  bic: string;
  creditorId: string;
}

export interface DebtorAddress {
  street: string;
  postalCode: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** One collection of a file. */
export interface Collection {
  endToEndId: string;
  amountMinor: number;
  scheme: 'CORE' | 'B2B';
  sequence: Sequence;
  collectOn: LocalDate;
  mandateReference: string;
  signedOn: LocalDate;
  debtorName: string;
  iban: string;
  bic: string | null;
  /** As on the invoice; written where the account is outside the EEA. */
  address: DebtorAddress;
  invoiceNumber: string;
  /** As on the invoice. */
  merchantNumber: string;
}

/** What a file is made of; the same content gives the same bytes. */
export interface CollectionFile {
  /** MsgId, at most 30 characters: the groups add their number to it. */
  number: string;
  createdAt: Date;
  creditor: Creditor;
  collections: readonly Collection[];
}
