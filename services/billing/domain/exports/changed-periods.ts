import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { ExportFinding } from '../../../../shared/protocol/billing/export-views.ts';
import { findingOf } from './findings.ts';
import type { IssuedDocument } from './issued-document.ts';
import { salesListEntries } from './sales-list.ts';

/**
 * Documents that a month lacks of which an EC sales list was made already: that list has become wrong and is to be
 * submitted again within a month (§ 18a Abs. 10 UStG).
 * @param reported  months of which there are lists
 * @param isListed  whether some list had a document in a month
 * @param months    those of the list that is made now, which has them
 */
export function changedSinceExport(
  documents: readonly IssuedDocument[],
  reported: readonly LocalMonth[],
  isListed: (invoiceId: string, month: LocalMonth) => boolean,
  months: readonly LocalMonth[],
): ExportFinding[] {
  const { entries } = salesListEntries(documents, reported);
  return entries
    .filter(({ document, month, netMinor }) => netMinor !== 0 && !isListed(document.id, month))
    .map(({ document, month }) => findingOf(document, 'CHANGED_SINCE_EXPORT', !months.includes(month), month));
}
