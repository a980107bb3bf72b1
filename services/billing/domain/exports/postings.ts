import { lastDayOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { AccountingSettings } from '../../../../shared/protocol/billing/accounting-settings.ts';
import type { ExportFinding } from '../../../../shared/protocol/billing/export-views.ts';
import { revenueAccountOf } from './accounts.ts';
import { findingOf } from './findings.ts';
import { isReduction, type DocumentVat, type IssuedDocument } from './issued-document.ts';
import { shareVat } from './share-vat.ts';

/** An entry of the books. */
export interface Posting {
  /** Minor units; debit of `account` when positive, credit when negative, never 0. */
  amountMinor: number;
  account: string;
  contraAccount: string;
  date: LocalDate;
  reference: string;
  text: string;
  dueOn: LocalDate | null;
  suppliedOn: LocalDate;
  /** A day of the month in which the VAT falls due. */
  taxedOn: LocalDate;
  /** Under reverse charge; it goes to the EC sales list. */
  vatId: string | null;
}

/** Where the debtor of a document is posted, and what its account would be but for what the document corrects. */
export type DebtorOf = (document: IssuedDocument) => { account: string; insteadOf?: string } | { unfit: string };

/** A document with its postings, and the account of the debtor that they are on. */
export interface Posted {
  document: IssuedDocument;
  account: string;
  postings: Posting[];
}

/**
 * The postings of documents, one per category, rate and month of supply, because VAT falls due in the month of supply
 * (§ 13 Abs. 1 Nr. 1 UStG). Those of a document add up to its gross. What has no account is left out and found.
 */
export function postingsOf(
  documents: readonly IssuedDocument[],
  settings: AccountingSettings,
  debtorOf: DebtorOf,
): { posted: Posted[]; findings: ExportFinding[] } {
  const findings: ExportFinding[] = [];
  const posted = documents.flatMap((document) => {
    const debtor = debtorOf(document);
    const missing = document.vat.filter((entry) => revenueAccountOf(settings, entry) === undefined);
    for (const { category, rateBasisPoints } of missing)
      findings.push(findingOf(document, 'ACCOUNT_MISSING', true, `${category} ${rateBasisPoints / 100} %`));
    if ('unfit' in debtor) findings.push(findingOf(document, 'DEBTOR_NUMBER_INVALID', true, debtor.unfit));
    if (missing.length > 0 || 'unfit' in debtor) return [];
    const { account, insteadOf } = debtor;
    if (insteadOf !== undefined) findings.push(findingOf(document, 'ACCOUNT_OF_ORIGINAL', false, account));
    findings.push(...softFindings(document, settings));
    return [
      { document, account, postings: document.vat.flatMap((entry) => entriesOf(document, entry, settings, account)) },
    ];
  });
  return { posted, findings };
}

function entriesOf(
  document: IssuedDocument,
  entry: DocumentVat,
  settings: AccountingSettings,
  debtor: string,
): Posting[] {
  const shares = shareVat(entry.vatMinor, entry.rateBasisPoints, entry.months, entry.remainder);
  const months = entry.months
    .map(({ month, netMinor }, index) => ({ month, amountMinor: netMinor + shares[index]! }))
    .toSorted((a, b) => a.month.localeCompare(b.month));
  return months
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ month, amountMinor }) => {
      const suppliedOn = supplyDay(document, month);
      return {
        ...{ amountMinor, account: debtor, contraAccount: revenueAccountOf(settings, entry)! },
        ...{ date: document.issueDate, reference: referenceOf(clearingNumber(document, settings)) },
        ...{ text: textOf(document, month, settings), dueOn: document.dueDate },
        ...{ suppliedOn, taxedOn: isReduction(document) ? document.issueDate : suppliedOn },
        vatId: entry.category === 'AE' ? document.vatId : null,
      };
    });
}

/** The last day of the month, or of the period billed when that ends within it. */
function supplyDay({ periodTo }: IssuedDocument, month: LocalMonth): LocalDate {
  return periodTo.startsWith(month) ? periodTo : lastDayOf(month);
}

const MONTH = (month: LocalMonth): string => `${month.slice(5)}/${month.slice(0, 4)}`;

/** The other number of a correction than the one in Belegfeld 1. */
function textOf(document: IssuedDocument, month: LocalMonth, settings: AccountingSettings): string {
  const { kind, number, correctsNumber, merchantName } = document;
  const other = clearingNumber(document, settings) === number ? correctsNumber : number;
  const about = correctsNumber === null ? '' : ` ${other}`;
  if (kind === 'cancellation') return `Storno${about} ${merchantName}`;
  if (kind === 'creditNote') return `Korrektur${about} ${merchantName}`;
  return `Leistung ${MONTH(month)} ${merchantName}`;
}

/**
 * The number by which the books clear open items: a debit and a credit are one item where Belegfeld 1 is the same, so a
 * correction has that of its original unless the books want it otherwise.
 */
const clearingNumber = (
  { number, correctsNumber }: IssuedDocument,
  { correctionReference }: Pick<AccountingSettings, 'correctionReference'>,
): string => (correctionReference === 'original' ? (correctsNumber ?? number) : number);

/** Belegfeld 1 has at most 36 letters, digits and signs of these; of a longer number the end tells them apart. */
const LONGEST_REFERENCE = 36;
export const referenceOf = (number: string): string =>
  number.replaceAll(/[^A-Za-z0-9_$&%*+/-]/g, '-').slice(-LONGEST_REFERENCE);

/** What is posted all the same. */
function softFindings(document: IssuedDocument, settings: AccountingSettings): ExportFinding[] {
  const number = clearingNumber(document, settings);
  const reference = referenceOf(number);
  return [
    ...(document.document.state === 'ready'
      ? []
      : [findingOf(document, 'DOCUMENT_NOT_READY', false, document.document.state)]),
    ...(reference === number ? [] : [findingOf(document, 'NUMBER_CHANGED', false, reference)]),
    ...(document.vatId === null && document.vat.some(({ category }) => category === 'AE')
      ? [findingOf(document, 'VAT_ID_MISSING', false, null)]
      : []),
  ];
}
