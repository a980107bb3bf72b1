import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { Sequence } from '../../domain/direct-debits/mandates.ts';

/** Who collects, as it was when the run was approved. */
export interface Creditor {
  name: string;
  iban: string;
  bic: string;
  creditorId: string;
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
  invoiceNumber: string;
}

/** What a file is made of; the same content gives the same bytes. */
export interface CollectionFile {
  /** MsgId, at most 30 characters: the groups add their number to it. */
  number: string;
  createdAt: Date;
  creditor: Creditor;
  collections: readonly Collection[];
}
