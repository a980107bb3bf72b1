import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import { sumMinor } from '../../../../shared/kernel/money.ts';
import type { AccountingSettings } from '../../../../shared/protocol/billing/accounting-settings.ts';
import type { ExportFinding, ExportKind, ExportSums } from '../../../../shared/protocol/billing/export-views.ts';
import { findingOf } from './findings.ts';
import type { IssuedDocument } from './issued-document.ts';
import { postingsOf, type DebtorOf, type Posting } from './postings.ts';
import {
  reportedVatIds,
  salesListEntries,
  salesListFile,
  type ReportedEntry,
  type SalesListEntry,
} from './sales-list.ts';

/** A document in the month in which its kind of export counts it: of issue, or of the EC sales list. */
export interface Entry {
  document: IssuedDocument;
  month: LocalMonth;
  /** Of the debtor, where it is posted. */
  account?: string;
}
export const entryKey = (invoiceId: string, month: LocalMonth): string => `${invoiceId} ${month}`;

export interface ExportPlan {
  entries: Entry[];
  sums: ExportSums;
  findings: ExportFinding[];
  postings: Posting[];
  sales: SalesListEntry[];
  /** VAT ids that the EC sales list names even with 0. */
  reported: ReadonlySet<string>;
}

export interface PlanInput {
  documents: readonly IssuedDocument[];
  months: readonly LocalMonth[];
  settings: AccountingSettings | null;
  debtorOf: DebtorOf;
  /** What earlier exports of the same kind and period had. */
  earlier: readonly ReportedEntry[];
  /** Which entries are wanted. */
  wants: (entry: Entry) => boolean;
}

/** What an export holds of the documents of its period, and what is left out of it. */
export function planExport(kind: Exclude<ExportKind, 'debtors'>, input: PlanInput): ExportPlan {
  switch (kind) {
    case 'postings':
      return planPostings(input);
    case 'ecSales':
      return planSales(input);
    case 'bundle':
      return planBundle(input);
  }
}

const NOTHING: Pick<ExportPlan, 'postings' | 'sales' | 'reported'> = { postings: [], sales: [], reported: new Set() };
export const inMonthOfIssue = (document: IssuedDocument): Entry => ({
  document,
  month: document.issueDate.slice(0, 7),
});

function planPostings({ documents, settings, debtorOf, wants }: PlanInput): ExportPlan {
  const wanted = documents.map(inMonthOfIssue).filter(wants);
  const asked = wanted.map(({ document }) => document);
  // without settings the documents can be counted all the same
  const { posted, findings } = settings
    ? postingsOf(asked, settings, debtorOf)
    : { posted: asked.map((document) => ({ document, postings: [], account: undefined })), findings: [] };
  const postings = posted.flatMap((one) => one.postings);
  const entries = posted.map(({ document, account }) => ({
    ...inMonthOfIssue(document),
    ...(account === undefined ? {} : { account }),
  }));
  return { ...NOTHING, entries, findings, postings, sums: sumsOf(entries, postings.length) };
}

function planSales({ documents, months, earlier, wants }: PlanInput): ExportPlan {
  const { entries: all, findings } = salesListEntries(documents, months);
  const sales = all.filter(wants);
  const reported = reportedVatIds(all, earlier);
  const { rows, nothing } = salesListFile(sales, reported);
  const netMinor = sumMinor(sales.map((entry) => entry.netMinor));
  const sums = { ...sumsOf(sales, rows), netMinor, vatMinor: 0, grossMinor: netMinor };
  const toNothing = nothing.map(({ document }) => findingOf(document, 'ROUNDS_TO_ZERO', false, document.vatId));
  return { ...NOTHING, entries: sales, findings: [...findings, ...toNothing], sales, reported, sums };
}

function planBundle({ documents, wants }: PlanInput): ExportPlan {
  const wanted = documents.map(inMonthOfIssue).filter(wants);
  const entries = wanted.filter(({ document }) => document.document.pdf !== null);
  const findings = wanted
    .filter((entry) => !entries.includes(entry))
    .map(({ document }) => findingOf(document, 'DOCUMENT_NOT_READY', true, document.document.state));
  return { ...NOTHING, entries, findings, sums: sumsOf(entries, entries.length) };
}

function sumsOf(entries: readonly Entry[], rows: number): ExportSums {
  const documents = [...new Set(entries.map(({ document }) => document))];
  const sum = (key: 'netMinor' | 'vatMinor' | 'grossMinor') => sumMinor(documents.map((document) => document[key]));
  const amounts = { netMinor: sum('netMinor'), vatMinor: sum('vatMinor'), grossMinor: sum('grossMinor') };
  return { documents: documents.length, rows, ...amounts };
}
