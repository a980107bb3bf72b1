import { monthOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { draftInvoices, type InvoiceDraft } from '../../domain/invoices/invoice-draft.ts';
import { note } from '../../domain/runs/findings.ts';
import { collectsUpTo, holdBefore, HOLD_AFTER_DAYS, rowPeriods, type DuePeriod } from '../../domain/runs/periods.ts';
import { replaceDrafts } from '../../persistence/runs/draft-invoices.ts';
import { cancelParkedRow, earlierOpenRows, holdOldCharges } from '../../persistence/runs/run-facts.ts';
import { findBillingMerchant, updateRow, type BillingMerchant, type RunRow } from '../../persistence/runs/run-rows.ts';
import { accrueSoftwareFees } from '../charges/accrue-software-fees.ts';
import { checkRow, mustWait } from './check-row.ts';
import { priceDue } from './price-due.ts';
import type { StepTx } from './work-row.ts';

const CURRENCY = 'EUR';

/** A merchant's draft: what would be billed now, and what speaks against it. */
export interface RowDraft {
  due: DuePeriod[];
  merchant: BillingMerchant;
  drafts: InvoiceDraft[];
  /** Gross of what is due but issues nothing; `null` when there is no such thing. */
  carriedMinor: number | null;
  carriedNetMinor: number;
  /** All documents, those that issue nothing included. */
  all: InvoiceDraft[];
  grossMinor: number;
  netMinor: number;
  chargeCount: number;
}

/** Drafts a row anew, parks it with its findings, skips it, or lets it wait for what must come first. */
export async function draftRow(deps: BillingDeps, { em }: StepTx, row: RunRow): Promise<void> {
  const waitFor = await mustWait(deps, em, row);
  if (waitFor)
    return updateRow(em, row, {
      state: 'scheduled',
      wanted: 'draft',
      findings: [waitFor],
      waitingSince: row.waitingSince ? new Date(row.waitingSince) : deps.now(),
      againInS: 5,
    });
  const { draft, findings } = await draftAndCheck(deps, em, row);
  await storeDraft(deps, em, row, draft, findings);
}

/**
 * What a row would bill now and what speaks against it. It writes: fees are accrued, what is too old is held, and
 * parked rows that come along are given up; a preview undoes all of it.
 */
export async function draftAndCheck(
  deps: BillingDeps,
  em: EntityManager,
  row: RunRow,
): Promise<{ draft: RowDraft; findings: Finding[] }> {
  await holdOldCharges(
    em,
    row.merchantId,
    holdBefore(row.cutoff),
    `Older than ${HOLD_AFTER_DAYS} days at the cut-off ${row.cutoff}`,
  );
  const draft = await computeDraft(deps, em, row);
  const carried = await carryParkedOver(em, row, draft);
  return { draft, findings: [...carried, ...(await checkRow(deps, em, row, draft))] };
}

/**
 * Computes what a row would bill. Month-end fees are accrued first, so that a draft by hand holds them too.
 */
export async function computeDraft(deps: BillingDeps, em: EntityManager, row: RunRow): Promise<RowDraft> {
  const merchant = await findBillingMerchant(em, row.merchantId, row.cutoff);
  const due = rowPeriods(row, merchant.contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) => row.streams === null || row.streams.includes(stream),
  );
  if (due.some(({ stream }) => stream === 'monthly'))
    await accrueSoftwareFees(em, deps, { month: monthOf(row.cutoff), merchantIds: [row.merchantId] });
  const groups = due.length
    ? await priceDue(
        deps,
        em,
        { merchantId: row.merchantId, cutoff: collectsUpTo(row), due },
        coversMonth(row, merchant),
      )
    : [];
  const all = draftInvoices(groups, {
    treatment: merchant.snapshot.taxTreatment,
    language: merchant.snapshot.language,
    // a row of some streams only leaves room for a document of the others
    separateStreams: merchant.contract?.monthEndDocuments === 'two' || row.streams !== null,
  });
  const drafts = all.filter(isIssued);
  const carried = all.filter((draft) => !isIssued(draft));
  const sum = (value: (draft: InvoiceDraft) => number) => drafts.reduce((total, draft) => total + value(draft), 0);
  return {
    due,
    merchant,
    drafts,
    carriedMinor: carried.length ? carried.reduce((total, { grossMinor }) => total + grossMinor, 0) : null,
    carriedNetMinor: carried.reduce((total, { netMinor }) => total + netMinor, 0),
    all,
    netMinor: sum(({ netMinor }) => netMinor),
    grossMinor: sum(({ grossMinor }) => grossMinor),
    chargeCount: sum(({ lines }) => lines.reduce((count, line) => count + line.chargeCount, 0)),
  };
}

/** Whether with this row all that is due at its cut-off is billed, so that the month can be set against its minimum. */
function coversMonth(row: RunRow, { contract }: BillingMerchant): boolean {
  if (row.streams === null) return true;
  const covered: readonly string[] = [...row.streams, ...row.doneStreams];
  return rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').every(({ stream }) => covered.includes(stream));
}

/** A negative total and one of zero issue nothing: their charges stay and come along next time (billing.md, Lines). */
const isIssued = ({ grossMinor }: InvoiceDraft): boolean => grossMinor > 0;

/**
 * A parked row is given up where this run bills all of its streams: its charges are unbilled, so they come along. A
 * month end that is parked so survives the 15th.
 */
async function carryParkedOver(em: EntityManager, row: RunRow, { due, merchant }: RowDraft): Promise<Finding[]> {
  const cadence = merchant.contract?.fulfilmentCadence ?? 'semiMonthly';
  // a final run that is parked stays for whoever ends the contract
  const parked = (await earlierOpenRows(em, row.merchantId, row.cutoff)).filter(
    (earlier) =>
      !earlier.final &&
      rowPeriods(earlier, cadence).every(({ stream }) => due.some((period) => period.stream === stream)),
  );
  for (const { id } of parked) await cancelParkedRow(em, id);
  const cutoffs = parked.map(({ cutoff }) => cutoff);
  return cutoffs.length
    ? [note('CARRIED_OVER', `The parked run of ${cutoffs.join(', ')} is billed here`, { cutoffs })]
    : [];
}

async function storeDraft(
  deps: BillingDeps,
  em: EntityManager,
  row: RunRow,
  draft: RowDraft,
  findings: Finding[],
): Promise<void> {
  const blocked = findings.some(({ blocks }) => blocks);
  const figures = {
    findings,
    chargeCount: draft.chargeCount,
    ...shownTotal(row, draft),
    waitingSince: null,
  };
  const issuer = await firstRow<{ id: string }>(em, sql`select id from issuer`);
  await replaceDrafts(em, row, draft.drafts, {
    issuerId: issuer!.id,
    currency: CURRENCY,
    language: draft.merchant.snapshot.language,
    periodFrom: draft.due.map(({ from }) => from).toSorted()[0] ?? row.cutoff,
    periodTo: row.cutoff,
    createdAt: deps.now(),
  });
  if (!draft.drafts.length && !blocked)
    return updateRow(em, row, {
      // a row that was opened once more for other streams keeps what it has finalized
      state: row.doneStreams.length ? 'finalized' : 'skipped',
      ...figures,
      findings: [
        ...findings,
        note('NOTHING_TO_BILL', 'There is nothing to bill; what is unbilled stays for the next run'),
      ],
    });
  return updateRow(em, row, { state: blocked ? 'parked' : 'draft', ...figures });
}

/** What a final run owes its merchant is shown, although there is no document for it yet. */
const shownTotal = ({ final }: RunRow, { netMinor, grossMinor, carriedMinor, carriedNetMinor }: RowDraft) =>
  final && carriedMinor !== null
    ? { netMinor: netMinor + carriedNetMinor, grossMinor: grossMinor + carriedMinor }
    : { netMinor, grossMinor };
