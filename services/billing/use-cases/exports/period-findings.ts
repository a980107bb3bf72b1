import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { ExportFinding, ExportKind } from '../../../../shared/protocol/billing/export-views.ts';
import { changedSinceExport } from '../../domain/exports/changed-periods.ts';
import { daysOf, monthsOf } from '../../domain/exports/periods.ts';
import { entryKey } from '../../domain/exports/plan-export.ts';
import { exportedBefore, exportedPeriods } from '../../persistence/exports/exports.ts';
import { documentsMissedBySalesList, openRows } from '../../persistence/exports/issued-documents.ts';
import { goodwillGranted, writtenOff, type OffTheBooks } from '../../persistence/exports/off-the-books.ts';

/** What a person should know of a period, whatever is in the file. */
export async function periodFindings(em: EntityManager, kind: ExportKind, period: string): Promise<ExportFinding[]> {
  if (kind === 'debtors') return [];
  return [
    ...(await notFinalized(em, kind, period)),
    ...(kind === 'ecSales' ? await changed(em, period) : []),
    ...(kind === 'postings' ? [...(await badDebts(em, period)), ...(await goodwill(em, period))] : []),
  ];
}

/**
 * The EC sales list goes by the month of supply, so what is not billed of these months matters. All others go by the day
 * of issue: whatever is open by the end of the period may still be issued in it.
 */
async function notFinalized(em: EntityManager, kind: ExportKind, period: string): Promise<ExportFinding[]> {
  const { from, to } = daysOf(period);
  const open = await openRows(em, kind === 'ecSales' ? { from, to } : { to });
  return open.map(({ merchantId, merchantName, state, cutoff }) => ({
    ...{ code: 'NOT_FINALIZED' as const, excluded: true, invoiceId: null, number: null },
    ...{ merchantId, merchantName, detail: `${state} ${cutoff}` },
  }));
}

async function changed(em: EntityManager, period: string): Promise<ExportFinding[]> {
  const reported = [...new Set((await exportedPeriods(em, 'ecSales')).flatMap(monthsOf))];
  const documents = reported.length ? await documentsMissedBySalesList(em, reported) : [];
  const ids = documents.map(({ id }) => id);
  const listed = new Set(
    (await exportedBefore(em, 'ecSales', ids)).map(({ invoiceId, month }) => entryKey(invoiceId, month)),
  );
  const isListed = (id: string, month: string) => listed.has(entryKey(id, month));
  return changedSinceExport(documents, reported, isListed, monthsOf(period));
}

/**
 * Credit that is neither money of a payment nor what a credit note owes gives something back that was billed, and no
 * document says so: the VAT stays as it was until a correction of the invoice changes it (§ 17 Abs. 1 UStG).
 */
async function goodwill(em: EntityManager, period: string): Promise<ExportFinding[]> {
  const { from, to } = daysOf(period);
  return (await goodwillGranted(em, from, to)).map((one) => offTheBooks('CREDIT_GRANTED', one));
}

/** No export contains them, and the VAT of what is not paid any more is taken back (§ 17 Abs. 2 Nr. 1 UStG). */
async function badDebts(em: EntityManager, period: string): Promise<ExportFinding[]> {
  const { from, to } = daysOf(period);
  return (await writtenOff(em, from, to)).map((one) => offTheBooks('WRITTEN_OFF', one));
}

const offTheBooks = (
  code: 'WRITTEN_OFF' | 'CREDIT_GRANTED',
  { merchantId, merchantName, count, minor }: OffTheBooks,
): ExportFinding => ({
  ...{ code, excluded: true, invoiceId: null, number: null, merchantId, merchantName, detail: `${count} ${minor}` },
});
