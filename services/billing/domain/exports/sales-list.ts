import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import { divideRounded } from '../../../../shared/kernel/decimal.ts';
import { sumMinor } from '../../../../shared/kernel/money.ts';
import type { ExportFinding, SalesListRow } from '../../../../shared/protocol/billing/export-views.ts';
import { findingOf } from './findings.ts';
import { isReduction, type IssuedDocument } from './issued-document.ts';

/** A document in a month of the EC sales list. */
export interface SalesListEntry {
  document: IssuedDocument;
  month: LocalMonth;
  netMinor: number;
}

/** Member states by the prefix of their VAT ids, without Germany, whose own merchants owe no reverse charge here. */
const ELSEWHERE = /^(AT|BE|BG|CY|CZ|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[A-Z0-9+*]{2,12}$/;

/**
 * What of documents belongs to the EC sales list of some months (§ 18a UStG): services under reverse charge by the month
 * in which they were supplied (Abs. 8), reductions by the month in which they were made known (Abs. 7 Satz 2, § 17). A document
 * that is issued after its month was reported makes that report incomplete: it is to be reported again (Abs. 10).
 */
export function salesListEntries(
  documents: readonly IssuedDocument[],
  months: readonly LocalMonth[],
): { entries: SalesListEntry[]; findings: ExportFinding[] } {
  const found = documents.flatMap((document) =>
    document.vat
      .filter(({ category }) => category === 'AE')
      .flatMap((entry) => entry.months)
      .map(({ month, netMinor }) => ({
        ...{ document, netMinor },
        month: isReduction(document) ? document.issueDate.slice(0, 7) : month,
      }))
      .filter(({ month }) => months.includes(month)),
  );
  const entries = perMonth(found);
  const unfit = entries.filter(({ document }) => document.vatId === null || !ELSEWHERE.test(document.vatId));
  const findings = [...new Set(unfit.map(({ document }) => document))].map((document) =>
    findingOf(document, document.vatId === null ? 'VAT_ID_MISSING' : 'VAT_ID_INVALID', true, document.vatId),
  );
  return { entries: entries.filter((entry) => !unfit.includes(entry)), findings };
}

/** A reduction of several months of supply is one entry of the month it was made known in. */
function perMonth(found: readonly SalesListEntry[]): SalesListEntry[] {
  const groups = Map.groupBy(found, ({ document, month }) => `${document.id} ${month}`);
  return [...groups.values()].map((same) => ({
    ...same[0]!,
    netMinor: sumMinor(same.map(({ netMinor }) => netMinor)),
  }));
}

/**
 * What `salesListFile` reports, for whoever looks before it is sent, and of which months of issue it comes.
 * @param reported  VAT ids that had a line in an earlier export of the period
 */
export const salesListRows = (entries: readonly SalesListEntry[], reported: ReadonlySet<string>): SalesListRow[] =>
  sumsOf(entries).map((sum) => ({
    vatId: sum.vatId,
    merchantNames: [...new Set(sum.same.map(({ document }) => document.merchantName))].toSorted(),
    reportedMinor: isLine(sum, reported) ? sum.euro * Number(MINOR_PER_EURO) : null,
    netMinor: netOf(sum.same),
    issued: [...Map.groupBy(sum.same, ({ document }) => document.issueDate.slice(0, 7))]
      .map(([month, same]) => ({ month, netMinor: netOf(same) }))
      .toSorted((a, b) => a.month.localeCompare(b.month)),
  }));

/** A document in a month of an export that was made earlier. */
export interface ReportedEntry {
  exportId: string;
  invoiceId: string;
  month: LocalMonth;
}

/**
 * The VAT ids that had a line in earlier exports of the same period. Documents never change, so what those exports said
 * follows from what was in them.
 */
export function reportedVatIds(entries: readonly SalesListEntry[], earlier: readonly ReportedEntry[]): Set<string> {
  const byKey = new Map(entries.map((entry) => [`${entry.document.id} ${entry.month}`, entry]));
  const exports = [...Map.groupBy(earlier, ({ exportId }) => exportId).values()];
  return new Set(
    exports.flatMap((same) =>
      sumsOf(same.flatMap(({ invoiceId, month }) => byKey.get(`${invoiceId} ${month}`) ?? []))
        .filter(({ euro }) => euro !== 0)
        .map(({ vatId }) => vatId),
    ),
  );
}

const KIND_SERVICE = 'S';
/** Version of the import of reports at the Federal Central Tax Office (ELSTER, zmdo); it reads UTF-8. */
const FILE_VERSION = '#v3.0';

/**
 * The file that the portal of the Federal Central Tax Office imports: per VAT id the services in whole euros, rounded
 * once. A sum that rounds to nothing is a line only where an earlier one has to be corrected to 0 (§ 18a Abs. 10 UStG).
 * @param reported  VAT ids that had a line in an earlier export of the period
 */
export function salesListFile(
  entries: readonly SalesListEntry[],
  reported: ReadonlySet<string>,
): {
  file: Buffer;
  rows: number;
  nothing: SalesListEntry[];
} {
  const sums = sumsOf(entries);
  const lines = sums
    .filter((sum) => isLine(sum, reported))
    .map(({ vatId, euro }) => [vatId, euro, KIND_SERVICE].join(','));
  const text = [FILE_VERSION, 'USt-IdNr.,Betrag (Euro),Art der Leistung', ...lines];
  return {
    file: Buffer.from(text.map((line) => `${line}\r\n`).join('')),
    rows: lines.length,
    nothing: sums.filter((sum) => !isLine(sum, reported)).map(({ same }) => same[0]!),
  };
}

interface VatIdSum {
  vatId: string;
  same: SalesListEntry[];
  euro: number;
}

const isLine = ({ vatId, euro }: VatIdSum, reported: ReadonlySet<string>) => euro !== 0 || reported.has(vatId);

const sumsOf = (entries: readonly SalesListEntry[]): VatIdSum[] =>
  [...Map.groupBy(entries, ({ document }) => document.vatId!)]
    .map(([vatId, same]) => ({ vatId, same, euro: wholeEuros(netOf(same)) }))
    .toSorted((a, b) => a.vatId.localeCompare(b.vatId));

const netOf = (entries: readonly SalesListEntry[]): number => sumMinor(entries.map(({ netMinor }) => netMinor));

const MINOR_PER_EURO = 100n;
const wholeEuros = (minor: number): number => Number(divideRounded(BigInt(minor), MINOR_PER_EURO));
