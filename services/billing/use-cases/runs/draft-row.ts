import { addDays, instantOf, monthOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { draftInvoices, type InvoiceDraft } from '../../domain/invoices/invoice-draft.ts';
import { blocking, draftFindings, note } from '../../domain/runs/findings.ts';
import { duePeriods, holdBefore, HOLD_AFTER_DAYS, type DuePeriod } from '../../domain/runs/periods.ts';
import { priceUnbilled } from '../../persistence/runs/allocations.ts';
import { replaceDrafts } from '../../persistence/runs/draft-invoices.ts';
import {
  cancelParkedRow,
  earlierOpenRows,
  holdOldCharges,
  storageGaps,
  trailingGross,
  undeliveredBefore,
  uninspectedReturns,
  worklistOf,
} from '../../persistence/runs/run-facts.ts';
import { findBillingMerchant, updateRow, type BillingMerchant, type RunRow } from '../../persistence/runs/run-rows.ts';
import { accrueSoftwareFees } from '../charges/accrue-software-fees.ts';
import type { StepTx } from './work-row.ts';

/** How long a draft waits for events that happened before the cut-off and are still on their way. */
const MAX_WAIT_MS = 15 * 60_000;
const CURRENCY = 'EUR';

/** A merchant's draft: what would be billed now, and what speaks against it. */
export interface RowDraft {
  due: DuePeriod[];
  merchant: BillingMerchant;
  drafts: InvoiceDraft[];
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
  const carried = await carryParkedOver(em, row);
  await holdOldCharges(
    em,
    row.merchantId,
    holdBefore(row.cutoff),
    `Older than ${HOLD_AFTER_DAYS} days at the cut-off ${row.cutoff}`,
  );
  const draft = await computeDraft(deps, em, row);
  const findings = [...carried, ...(await check(deps, em, row, draft))];
  await storeDraft(deps, em, row, draft, findings);
}

/**
 * Computes what a row would bill. Month-end fees are accrued first, so that a draft by hand holds them too.
 */
export async function computeDraft(deps: BillingDeps, em: EntityManager, row: RunRow): Promise<RowDraft> {
  const merchant = await findBillingMerchant(em, row.merchantId, row.cutoff);
  const due = duePeriods(row.cutoff, merchant.contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) => row.streams === null || row.streams.includes(stream),
  );
  if (due.some(({ stream }) => stream === 'monthly'))
    await accrueSoftwareFees(em, deps, { month: monthOf(row.cutoff), merchantIds: [row.merchantId] });
  const groups = due.length ? await priceUnbilled(em, { merchantId: row.merchantId, cutoff: row.cutoff, due }) : [];
  const drafts = draftInvoices(groups, {
    treatment: merchant.snapshot.taxTreatment,
    language: merchant.snapshot.language,
    separateStreams: merchant.contract?.monthEndDocuments === 'two',
  }).filter(isIssued);
  const sum = (value: (draft: InvoiceDraft) => number) => drafts.reduce((total, draft) => total + value(draft), 0);
  return {
    due,
    merchant,
    drafts,
    netMinor: sum(({ netMinor }) => netMinor),
    grossMinor: sum(({ grossMinor }) => grossMinor),
    chargeCount: sum(({ lines }) => lines.reduce((count, line) => count + line.chargeCount, 0)),
  };
}

/** A negative total and one of zero issue nothing: their charges stay and come along next time (billing.md, Lines). */
const isIssued = ({ grossMinor }: InvoiceDraft): boolean => grossMinor > 0;

async function mustWait(deps: BillingDeps, em: EntityManager, row: RunRow): Promise<Finding | undefined> {
  const earlier = (await earlierOpenRows(em, row.merchantId, row.cutoff)).find(({ state }) => state !== 'parked');
  if (earlier)
    return blocking('EARLIER_RUN_OPEN', `The run of ${earlier.cutoff} is still open for this merchant`, {
      cutoff: earlier.cutoff,
    });
  const undelivered = await undeliveredBefore(em, endOf(deps, row));
  const waitedMs = row.waitingSince ? deps.now().getTime() - new Date(row.waitingSince).getTime() : 0;
  if (undelivered && waitedMs < MAX_WAIT_MS)
    return note('WAITING_FOR_EVENTS', `${undelivered} events before the cut-off are on their way`, {
      count: undelivered,
    });
  return undefined;
}

const endOf = (deps: BillingDeps, row: RunRow): Date =>
  instantOf(addDays(row.cutoff, 1), '00:00', deps.config.KONTOR_ZONE);

async function carryParkedOver(em: EntityManager, row: RunRow): Promise<Finding[]> {
  const parked = await earlierOpenRows(em, row.merchantId, row.cutoff);
  for (const { id } of parked) await cancelParkedRow(em, id);
  return parked.length
    ? [
        note('CARRIED_OVER', `The parked run of ${parked.map(({ cutoff }) => cutoff).join(', ')} is billed here`, {
          cutoffs: parked.map(({ cutoff }) => cutoff),
        }),
      ]
    : [];
}

async function check(deps: BillingDeps, em: EntityManager, row: RunRow, draft: RowDraft): Promise<Finding[]> {
  const monthly = draft.due.find(({ stream }) => stream === 'monthly');
  const worklist = await worklistOf(
    em,
    row.merchantId,
    row.cutoff,
    draft.due.map(({ stream }) => stream),
  );
  const findings = draftFindings({
    ...worklist,
    gaps: monthly ? await storageGaps(em, row.merchantId, monthly.from, monthly.to) : [],
    uninspected: monthly ? await uninspectedReturns(em, row.merchantId, row.cutoff) : [],
    undelivered: await undeliveredBefore(em, endOf(deps, row)),
    grossMinor: draft.grossMinor,
    trailingGross: await trailingGross(em, row.merchantId, row.cutoff),
    invoiceEmails: draft.merchant.snapshot.invoiceEmails.length,
  });
  return findings.map((finding) => ({ ...finding, blocks: finding.blocks && !row.accepted.includes(finding.code) }));
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
    netMinor: draft.netMinor,
    grossMinor: draft.grossMinor,
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
      state: 'skipped',
      ...figures,
      findings: [
        ...findings,
        note('NOTHING_TO_BILL', 'There is nothing to bill; what is unbilled stays for the next run'),
      ],
    });
  return updateRow(em, row, { state: blocked ? 'parked' : 'draft', ...figures });
}
