import { monthOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { draftInvoices, type AllocationGroup, type InvoiceDraft } from '../../domain/invoices/invoice-draft.ts';
import { documentOf, keyOf } from '../../domain/invoices/tax-terms.ts';
import { billedPeriods, collectsUpTo, periodStart, rowPeriods, type DuePeriod } from '../../domain/runs/periods.ts';
import { bookOf } from '../../persistence/rate-book.ts';
import { billingMerchant, type BillingMerchant } from '../../persistence/runs/billing-merchant.ts';
import type { PeriodDraft } from '../../persistence/runs/draft-invoices.ts';
import type { RowFacts } from '../../persistence/runs/row-facts.ts';
import type { RunRow } from '../../persistence/runs/run-rows.ts';
import { outdatedAmong } from '../../persistence/software-fees.ts';
import { accrueSoftwareFees } from '../charges/accrue-software-fees.ts';
import { factsOf } from './check-row.ts';
import { priceDue } from './price-due.ts';

/** A merchant's draft: what would be billed now, and what speaks against it. */
export interface RowDraft {
  /** What it was computed of. */
  facts: RowFacts;
  due: DuePeriod[];
  merchant: BillingMerchant;
  drafts: PeriodDraft[];
  /** Gross of what is due but issues nothing; `null` when there is no such thing. */
  carriedMinor: number | null;
  /** All documents, those that issue nothing included. */
  all: PeriodDraft[];
  grossMinor: number;
  netMinor: number;
  chargeCount: number;
}

/** Such a row is previewed only. */
const DONE: readonly string[] = ['finalized', 'delivered'];

/**
 * Computes what a row would bill. Month-end fees are accrued first, so that a draft by hand holds them too.
 */
export async function computeDraft(
  deps: BillingDeps,
  em: EntityManager,
  row: RunRow,
  found: RowFacts,
): Promise<RowDraft> {
  const merchant = billingMerchant(found.snapshot, row.cutoff);
  const due = billedPeriods(row, merchant.contract);
  const facts = (await accrueFees(deps, em, row, due, found)) ? await factsOf(deps, em, row) : found;
  // a row of some streams only leaves room for a document of the others
  const separateStreams = merchant.contract?.monthEndDocuments === 'two' || row.streams !== null;
  const { taxTreatment, taxBefore, language, contracts } = merchant.snapshot;
  const terms = { taxes: { taxTreatment, taxBefore }, language, contracts, separateStreams };
  const documents = (groups: readonly AllocationGroup[]) => draftInvoices(groups, terms);
  const isIssued = issuedOf(row);
  const groups = due.length
    ? await priceDue(
        deps,
        em,
        { merchantId: row.merchantId, cutoff: collectsUpTo(row), due },
        coversMonth(row, merchant),
        { book: await bookOf(em, deps.rules, facts), monthEnds: facts.monthEnds },
        {
          of: (basis) => keyOf(documentOf(terms, basis)),
          issuedWith: (priced) => new Set(documents(priced).filter(isIssued).map(keyOf)),
        },
      )
    : [];
  // what came since for a document that stands is late, in the next run; of a row that is done a preview tells it
  const standing = DONE.includes(row.state) ? [] : facts.billed.standing;
  const drafted = documents(groups).filter((document) => !standing.includes(keyOf(document)));
  const all = drafted.map((document) => ({ ...document, periodFrom: periodStart(due, document.split) }));
  const drafts = all.filter(isIssued);
  const carried = all.filter((draft) => !isIssued(draft));
  const sum = (value: (draft: PeriodDraft) => number) => drafts.reduce((total, draft) => total + value(draft), 0);
  return {
    facts,
    due,
    merchant,
    drafts,
    carriedMinor: carried.length ? carried.reduce((total, { grossMinor }) => total + grossMinor, 0) : null,
    all,
    netMinor: sum(({ netMinor }) => netMinor),
    grossMinor: sum(({ grossMinor }) => grossMinor),
    chargeCount: sum(({ lines }) => lines.reduce((count, line) => count + line.chargeCount, 0)),
  };
}

/** Accrues the fees of the month that are not as they should be. @returns whether there were any */
async function accrueFees(
  deps: BillingDeps,
  em: EntityManager,
  row: RunRow,
  due: readonly DuePeriod[],
  facts: RowFacts,
): Promise<boolean> {
  const month = monthOf(row.cutoff);
  if (!due.some(({ stream }) => stream === 'monthly') || !outdatedAmong(facts, month).length) return false;
  await accrueSoftwareFees(em, deps, { month, merchantIds: [row.merchantId] });
  return true;
}

/** Whether with this row all that is due at its cut-off is billed, so that the month can be set against its minimum. */
function coversMonth(row: RunRow, { contract }: BillingMerchant): boolean {
  if (row.streams === null) return true;
  const covered: readonly string[] = [...row.streams, ...row.doneStreams];
  return rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').every(({ stream }) => covered.includes(stream));
}

/**
 * A negative total and one of zero issue nothing: their charges stay and come along next time. At a final run, or where
 * finance wants it, a negative one is issued as a credit note (billing.md, Lines).
 */
const issuedOf =
  ({ final, issueCredit }: RunRow) =>
  ({ grossMinor }: Pick<InvoiceDraft, 'grossMinor'>): boolean =>
    final || issueCredit ? grossMinor !== 0 : grossMinor > 0;
