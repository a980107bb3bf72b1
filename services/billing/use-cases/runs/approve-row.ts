import type { BillingDeps } from '../../billing.deps.ts';
import { note } from '../../domain/runs/findings.ts';
import { collectsUpTo } from '../../domain/runs/periods.ts';
import { linkCharges } from '../../persistence/runs/link-charges.ts';
import { draftText, storedText } from '../../persistence/runs/draft-invoices.ts';
import { addFinding, type RunRow } from '../../persistence/runs/run-rows.ts';
import { checkRow, factsOf, openBefore } from './check-row.ts';
import { computeDraft } from './compute-draft.ts';
import { CARRIED_OVER, draftRow } from './draft-row.ts';
import type { StepTx } from './work-row.ts';

const CHANGED = 'CHANGED_SINCE_PREVIEW';

/**
 * Approves what finance saw and nothing else: when charges came or changed since, the row is drafted anew and asks
 * again. From here on each charge is linked to its line, which is what makes it billed, and the merchant's data is
 * frozen.
 */
export async function approveRow(deps: BillingDeps, tx: StepTx, row: RunRow): Promise<void> {
  const { em, audit } = tx;
  const facts = await factsOf(deps, em, row);
  // an earlier run that was given up may have been taken up again: the minimum of its month must not stand on both
  if (openBefore(facts)) return draftRow(deps, tx, row);
  const draft = await computeDraft(deps, em, row, facts);
  const { due, merchant, drafts } = draft;
  // what blocks may have come since the draft without changing what it bills
  const findings = await checkRow(deps, row, draft, draft.facts);
  if (findings.some(({ blocks }) => blocks)) return draftRow(deps, tx, row);
  // a credit that is to wait by now may stand in a draft that is otherwise as it was
  const isToHold = draft.facts.toHold.some((held) => due.some(({ stream }) => stream === held.stream));
  if (isToHold || draftText(drafts) !== storedText(draft.facts.stored)) {
    await draftRow(deps, tx, row);
    return addFinding(em, row, note(CHANGED, 'Charges came or changed since the draft; look again and approve'));
  }
  const billed = due.filter(({ stream }) => drafts.some(({ split }) => split === 'all' || split === stream));
  const { linked, charges, wrongLines } = await linkCharges(
    em,
    { merchantId: row.merchantId, cutoff: collectsUpTo(row), due: billed },
    row,
    {
      state: 'approved',
      // as they are now, which may be days after the draft
      findings: [...row.findings.filter(({ code }) => code === CARRIED_OVER), ...findings],
      merchantFrozen: merchant.snapshot,
      approvedBy: row.wantedBy,
      approvedAt: deps.now(),
      collected: true,
    },
  );
  // the database changed between two statements of this transaction: roll back and do it again
  if (wrongLines || linked !== charges)
    throw new Error(`Charges moved while linking: ${linked} linked, ${charges} on lines, ${wrongLines} lines differ`);
  audit({
    action: 'billing-run.approved',
    entity: 'billing-run',
    entityId: row.runId,
    merchantId: row.merchantId,
    after: { charges: linked, by: row.wantedBy },
  });
}
