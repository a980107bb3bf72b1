import { tooOldReason } from '../../../../shared/kernel/charge-reasons.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { note } from '../../domain/runs/findings.ts';
import { billedPeriods, HOLD_AFTER_DAYS, holdsOf, rowPeriods } from '../../domain/runs/periods.ts';
import { billingMerchant } from '../../persistence/runs/billing-merchant.ts';
import { deleteDrafts, insertDrafts } from '../../persistence/runs/draft-invoices.ts';
import type { RowFacts } from '../../persistence/runs/row-facts.ts';
import { cancelParkedRow, holdCharges } from '../../persistence/runs/run-facts.ts';
import { markDelivered, type BilledTotals } from '../../persistence/runs/limited-rows.ts';
import { updateRow, type RowChange, type RunRow } from '../../persistence/runs/run-rows.ts';
import { checkRow, factsOf, mustWait } from './check-row.ts';
import { computeDraft, type RowDraft } from './compute-draft.ts';
import type { StepTx } from './work-row.ts';

/** A finding of drafting alone: the checks, when they are repeated, do not find it again. */
export const CARRIED_OVER = 'CARRIED_OVER';
const CURRENCY = 'EUR';
const PAUSE_S = 5;
/** The end of the earlier run comes before; this is for the case that it was not heard. */
const EARLIER_RUN_PAUSE_S = 300;

/** Drafts a row anew, parks it with its findings, skips it, or lets it wait for what must come first. */
export async function draftRow(deps: BillingDeps, { em }: StepTx, row: RunRow): Promise<void> {
  const facts = await factsOf(deps, em, row);
  const waitFor = mustWait(deps, row, facts);
  if (waitFor)
    return updateRow(em, row, {
      state: 'scheduled',
      wanted: 'draft',
      findings: [waitFor],
      ...pauseFor(deps, row, waitFor),
    });
  const { draft, findings } = await draftAndCheck(deps, em, row, facts);
  deps.reached?.('draft.priced', row.merchantId);
  await storeDraft(deps, em, row, draft, findings);
}

/**
 * When to look again. The time that events get begins when they are waited for: what came before, such as an earlier
 * run that nobody approved for days, is none of it. The end of an earlier run takes the row up by itself.
 */
const pauseFor = (deps: BillingDeps, row: RunRow, { code }: Finding): Pick<RowChange, 'waitingSince' | 'againInS'> => ({
  waitingSince: code === 'WAITING_FOR_EVENTS' ? (row.waitingSince ? new Date(row.waitingSince) : deps.now()) : null,
  againInS: code === 'EARLIER_RUN_OPEN' ? EARLIER_RUN_PAUSE_S : PAUSE_S,
});

/**
 * What a row would bill now and what speaks against it. It writes: fees are accrued, what is too old is held, and
 * parked rows that come along are given up; a preview undoes all of it.
 */
export async function draftAndCheck(
  deps: BillingDeps,
  em: EntityManager,
  row: RunRow,
  found: RowFacts,
): Promise<{ draft: RowDraft; findings: Finding[] }> {
  const held = await holdBack(em, row, found);
  const draft = await computeDraft(deps, em, row, held ? await factsOf(deps, em, row) : found);
  const carried = await carryParkedOver(em, row, draft);
  return { draft, findings: [...carried, ...(await checkRow(deps, row, draft, draft.facts))] };
}

/** Holds what is too old in the streams that the row bills, and credits that wait with it. @returns how many charges */
async function holdBack(em: EntityManager, row: RunRow, { toHold, snapshot }: RowFacts): Promise<number> {
  const due = billedPeriods(row, billingMerchant(snapshot, row.cutoff).contract);
  if (!toHold.some(({ stream }) => due.some((period) => period.stream === stream))) return 0;
  const reason = tooOldReason(HOLD_AFTER_DAYS, row.cutoff);
  return holdCharges(em, row.merchantId, holdsOf(row, due), reason);
}

/**
 * A parked row is given up where this run bills all of its streams: its charges are unbilled, so they come along. A
 * month end that is parked so survives the 15th. A draft that is made anew goes on telling of it.
 */
async function carryParkedOver(em: EntityManager, row: RunRow, { due, merchant, facts }: RowDraft): Promise<Finding[]> {
  const cadence = merchant.contract?.fulfilmentCadence ?? 'semiMonthly';
  // a final run that is parked stays for whoever ends the contract
  const parked = facts.earlier.filter(
    (earlier) =>
      earlier.state === 'parked' &&
      !earlier.final &&
      rowPeriods(earlier, cadence).every(({ stream }) => due.some((period) => period.stream === stream)),
  );
  for (const { id } of parked) await cancelParkedRow(em, { id, merchantId: row.merchantId });
  const before = row.findings
    .filter(({ code }) => code === CARRIED_OVER)
    .flatMap(({ data }) => data?.['cutoffs'] ?? []);
  const cutoffs = [...new Set([...(before as string[]), ...parked.map(({ cutoff }) => cutoff)])].toSorted();
  return cutoffs.length
    ? [note(CARRIED_OVER, `The parked run of ${cutoffs.join(', ')} is billed here`, { cutoffs })]
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
    ...shownTotals(draft),
    waitingSince: null,
  };
  const nothing = !draft.drafts.length && !blocked;
  const change: RowChange = nothing
    ? {
        // a row that was opened once more for other streams keeps what it has finalized, and settles by the terms of now
        ...(row.doneStreams.length
          ? { state: 'finalized', merchantFrozen: draft.merchant.snapshot }
          : { state: 'skipped' }),
        ...figures,
        findings: [
          ...findings,
          note('NOTHING_TO_BILL', 'There is nothing to bill; what is unbilled stays for the next run'),
        ],
      }
    : { state: blocked ? 'parked' : 'draft', ...figures };
  if (draft.facts.stored.length) await deleteDrafts(em, row);
  const head = {
    issuerId: draft.facts.issuer.id,
    currency: CURRENCY,
    language: draft.merchant.snapshot.language,
    periodTo: row.cutoff,
    createdAt: deps.now(),
  };
  await insertDrafts(em, row, draft.drafts, head, change);
  if (change.state === 'finalized') await markDelivered(em, sql`select ${row.id}::uuid`);
}

/** The row with what it finalized before it was opened once more. */
const shownTotals = ({
  facts: { billed },
  chargeCount,
  netMinor,
  grossMinor,
}: RowDraft): Omit<BilledTotals, 'standing'> => ({
  chargeCount: billed.chargeCount + chargeCount,
  netMinor: billed.netMinor + netMinor,
  grossMinor: billed.grossMinor + grossMinor,
});
