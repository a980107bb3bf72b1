import { sql } from '../../../../shared/persistence/sql.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { Issuer } from '../../persistence/issuer.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { invoiceContent } from '../../domain/invoices/invoice-content.ts';
import { sellerFindings } from '../../domain/runs/content-findings.ts';
import { withRemedy } from '../../domain/runs/remedies.ts';
import { rowPeriods, type DuePeriod } from '../../domain/runs/periods.ts';
import { approvedDrafts, type ApprovedDraft, type InvoiceHead } from '../../persistence/runs/finalized-invoices.ts';
import { rowUpdate, updateRow, type RowChange, type RunRow } from '../../persistence/runs/run-rows.ts';
import { issueDocument } from '../invoices/issue-document.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { bookingOf, grantCreditNote, useCreditBalance, type SettlementTx } from '../payments/settlement.ts';
import { contentFinding } from './content-finding.ts';
import { issuerPrintFindings } from './print-findings.ts';
import type { StepTx } from './work-row.ts';

/**
 * Gives the approved invoices of a row their numbers and freezes them. Everything else is done before the counter row
 * is locked, so that the lock lasts two statements and the commit (T3). The document is rendered after the commit.
 */
export async function finalizeRow(deps: BillingDeps, tx: StepTx, row: RunRow): Promise<void> {
  const { issuer, drafts, balanceMinor, mandate } = await approvedDrafts(tx.em, row.id);
  const merchant = row.merchantFrozen;
  if (!issuer || !merchant || !drafts.length)
    throw new Error(`Row ${row.id} is approved without issuer, frozen merchant or draft`);
  const contents = drafts.map((draft) => contentOf(row, draft, issuer));
  const lacking = await lackingOf(row, issuer, drafts, contents);
  if (lacking.length) return updateRow(tx.em, row, { state: 'approved', findings: [...passed(row), ...lacking] });
  const ready: { draft: InvoiceHead; content: Record<string, unknown> }[] = [];
  // before the number is taken, because it waits for others who book for the merchant
  if (drafts.some(({ head }) => isOwed(head))) await lockSettlement(tx.em, row.merchantId);
  for (const [index, { head }] of drafts.entries()) {
    const prepaidMinor = balanceMinor > 0 ? await payFromBalance(deps, tx, row, head) : 0;
    const content = contents[index]!;
    ready.push({ draft: head, content: prepaidMinor ? { ...content, prepaidMinor } : content });
  }
  const { cutoff } = row;
  const terms = { issuer, cutoff, termsDays: merchant.paymentTermsDays, corrects: null, by: row.wantedBy };
  const change: RowChange = {
    state: 'finalized',
    finalizedAt: deps.now(),
    doneStreams: [...new Set(drafts.flatMap(({ head }) => periodsOf(row, head).map(({ stream }) => stream)))],
    findings: passed(row),
  };
  // a row changes once, with the first of its invoices
  for (const [index, invoice] of ready.entries()) {
    const { number } = await issueDocument(deps, tx, {
      ...{ ...terms, ...invoice },
      // what is collected once is collected with the first document
      ...(mandate && (index === 0 || mandate.kind === 'recurrent') ? { mandate } : {}),
      beside: index === 0 ? rowUpdate(row, change) : sql`select 1`,
    });
    const { id, merchantId, grossMinor } = invoice.draft;
    if (isOwed(invoice.draft))
      await grantCreditNote(settlementOf(deps, tx, row), { id, merchantId, number, owedMinor: -grossMinor });
  }
}

const passed = ({ findings }: RunRow): Finding[] => findings.filter(({ blocks }) => !blocks);

/**
 * What the issuer's own details lack by now, so that no document could be made: the merchant is frozen since the approval, the
 * issuer is not. Told before a number is taken; once it is put right, the row is finalized as it was approved.
 */
async function lackingOf(
  { merchantFrozen, merchantId }: RunRow,
  { profile }: Issuer,
  drafts: readonly ApprovedDraft[],
  contents: readonly Record<string, unknown>[],
): Promise<Finding[]> {
  const lines = drafts.flatMap((draft) => draft.lines.map(({ vatCategory }) => ({ category: vatCategory })));
  const found = [
    ...sellerFindings({ merchant: merchantFrozen!, issuer: profile, lines }),
    ...(await issuerPrintFindings(profile)),
  ];
  const told = found.length ? found : contentFinding(contents);
  return told.map((finding) => withRemedy(finding, merchantId));
}

/** What a credit note without original takes off nothing is owed: the balance has it at once, as the document says. */
const isOwed = ({ kind, grossMinor }: InvoiceHead): boolean => kind === 'creditNote' && grossMinor < 0;

const settlementOf = (deps: BillingDeps, { em, audit }: StepTx, { wantedBy }: RunRow): SettlementTx => ({
  ...{ em, audit, booking: bookingOf(deps, wantedBy ?? 'billing') },
});

const payFromBalance = (deps: BillingDeps, tx: StepTx, row: RunRow, { id, grossMinor }: InvoiceHead): Promise<number> =>
  useCreditBalance(settlementOf(deps, tx, row), row.merchantId, id, grossMinor);

const contentOf = (
  row: RunRow,
  { head, lines, vat, carriedOver }: ApprovedDraft,
  { profile, logo }: Issuer,
): Record<string, unknown> =>
  invoiceContent({
    kind: head.kind,
    issuer: profile,
    logo,
    merchant: row.merchantFrozen!,
    language: head.language,
    currency: head.currency,
    due: periodsOf(row, head),
    lines,
    vat,
    netMinor: head.netMinor,
    vatMinor: head.vatMinor,
    grossMinor: head.grossMinor,
    carriedOver,
  });

/** The periods as they were due when the row was approved. */
function periodsOf(row: RunRow, draft: InvoiceHead): DuePeriod[] {
  const contract = row
    .merchantFrozen!.contracts.filter(({ startsOn }) => startsOn <= row.cutoff)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0];
  return rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) =>
      (draft.split === 'all' || draft.split === stream) && (row.streams === null || row.streams.includes(stream)),
  );
}
