import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { Finding, RowState, RunView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { CARRIED_FORWARD } from '../../domain/runs/findings.ts';
import { runView } from '../../persistence/runs/run-views.ts';

/** States in which a draft is or can be made. */
const OPEN: readonly RowState[] = ['draft', 'parked', 'skipped'];

/**
 * Has a negative total that would be carried over issued: the row is drafted anew, with a credit note that is approved
 * and finalized like an invoice. Should the total have turned positive by then, it is an invoice.
 * @throws AppError 403; NotFound
 * @throws RuleViolation `RUN_ROW_TRANSITION_NOT_ALLOWED`; `TOTAL_NOT_NEGATIVE` when nothing was carried over
 */
export async function issueCredit(
  deps: BillingDeps,
  { id, merchantId }: { id: string; merchantId: string },
  actor: Actor,
): Promise<RunView> {
  assertHouse(actor);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const row = await firstRow<{ state: RowState; findings: Finding[]; issueCredit: boolean }>(
      em,
      sql`select state, findings, issue_credit as "issueCredit" from run_merchant where run_id = ${id} and merchant_id = ${merchantId} for update`,
    );
    if (!row) throw new NotFound('merchant row');
    if (row.issueCredit) return runView(em, id);
    if (!OPEN.includes(row.state))
      throw new RuleViolation(
        'RUN_ROW_TRANSITION_NOT_ALLOWED',
        `A merchant row that is ${row.state} issues no credit`,
        {
          state: row.state,
        },
      );
    const isNegative = row.findings.some(
      ({ code, data }) => code === CARRIED_FORWARD && Number(data?.['grossMinor']) < 0,
    );
    if (!isNegative) throw new RuleViolation('TOTAL_NOT_NEGATIVE', 'Nothing of this merchant was carried over');
    await rows(
      em,
      sql`update run_merchant set issue_credit = true, wanted = 'draft', wanted_by = ${actor.id}, next_at = clock_timestamp(), attempts = 0,
            version = version + 1, updated_at = now() where run_id = ${id} and merchant_id = ${merchantId}`,
    );
    audit({ action: 'billing-run.credit-requested', entity: 'billing-run', entityId: id, merchantId });
    return runView(em, id);
  });
  deps.wakers.get('run-rows')?.();
  return view;
}
