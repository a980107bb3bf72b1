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
  suppliedOn: LocalDate;
  /** A day of the month in which the VAT falls due. */
  taxedOn: LocalDate;
  /** Under reverse charge; it goes to the EC sales list. */
  vatId: string | null;
}

/** Where the debtor of a document is posted. */
export type DebtorOf = (document: IssuedDocument) => { account: string } | { unfit: string };

/**
 * The postings of documents, one per category, rate and month of supply, because VAT falls due in the month of supply
 * (§ 13 Abs. 1 Nr. 1 UStG). Those of a document add up to its gross. What has no account is left out and found.
 */
export function postingsOf(
  documents: readonly IssuedDocument[],
  settings: AccountingSettings,
  debtorOf: DebtorOf,
): { posted: { document: IssuedDocument; postings: Posting[] }[]; findings: ExportFinding[] } {
  const findings: ExportFinding[] = [];
  const posted = documents.flatMap((document) => {
    const debtor = debtorOf(document);
    const missing = document.vat.filter((entry) => revenueAccountOf(settings, entry) === undefined);
    for (const { category, rateBasisPoints } of missing)
      findings.push(findingOf(document, 'ACCOUNT_MISSING', true, `${category} ${rateBasisPoints / 100} %`));
    if ('unfit' in debtor) findings.push(findingOf(document, 'DEBTOR_NUMBER_INVALID', true, debtor.unfit));
    if (missing.length > 0 || 'unfit' in debtor) return [];
    findings.push(...softFindings(document));
    return [
      { document, postings: document.vat.flatMap((entry) => entriesOf(document, entry, settings, debtor.account)) },
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
  const shares = shareVat(entry.vatMinor, entry.rateBasisPoints, entry.months);
  const months = entry.months
    .map(({ month, netMinor }, index) => ({ month, amountMinor: netMinor + shares[index]! }))
    .toSorted((a, b) => a.month.localeCompare(b.month));
  return months
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ month, amountMinor }) => {
      const suppliedOn = supplyDay(document, month);
      return {
        ...{ amountMinor, account: debtor, contraAccount: revenueAccountOf(settings, entry)! },
        ...{ date: document.issueDate, reference: referenceOf(document.number), text: textOf(document, month) },
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

function textOf({ kind, correctsNumber, merchantName }: IssuedDocument, month: LocalMonth): string {
  const about = correctsNumber === null ? '' : ` ${correctsNumber}`;
  if (kind === 'cancellation') return `Storno${about} ${merchantName}`;
  if (kind === 'creditNote') return `Korrektur${about} ${merchantName}`;
  return `Leistung ${MONTH(month)} ${merchantName}`;
}

/** Belegfeld 1 has at most 36 letters, digits and signs of these; of a longer number the end tells them apart. */
const LONGEST_REFERENCE = 36;
export const referenceOf = (number: string): string =>
  number.replaceAll(/[^A-Za-z0-9_$&%*+/-]/g, '-').slice(-LONGEST_REFERENCE);

/** What is posted all the same. */
function softFindings(document: IssuedDocument): ExportFinding[] {
  const reference = referenceOf(document.number);
  return [
    ...(document.document.state === 'ready'
      ? []
      : [findingOf(document, 'DOCUMENT_NOT_READY', false, document.document.state)]),
    ...(reference === document.number ? [] : [findingOf(document, 'NUMBER_CHANGED', false, reference)]),
    ...(document.vatId === null && document.vat.some(({ category }) => category === 'AE')
      ? [findingOf(document, 'VAT_ID_MISSING', false, null)]
      : []),
  ];
}
