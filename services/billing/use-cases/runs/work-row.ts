import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact, type Announce, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { backOffMs } from '../../../../shared/persistence/work.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { stepFailed, type AfterFailure } from '../../domain/runs/findings.ts';
import { withRemedy } from '../../domain/runs/remedies.ts';
import { claimRow, recordRowFailure, type RunRow } from '../../persistence/runs/run-rows.ts';
import { approveRow } from './approve-row.ts';
import { draftRow } from './draft-row.ts';
import { finalizeRow } from './finalize-row.ts';

/** The transaction a step works in. */
export interface StepTx {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
}

const MAX_ATTEMPTS = 5;

/**
 * Carries out the next step of one merchant row in one transaction. A process that is killed here leaves the row as
 * it was, and another worker takes it up; rows that are done are never touched again (G5). A step that fails is
 * repeated and parked in the end, while the other merchants go on (G7).
 * @returns 1 when a row was worked on, 0 when nothing is to be done
 */
export async function workRow(deps: BillingDeps): Promise<number> {
  let claimed: RunRow | undefined;
  try {
    await transact(
      deps,
      serviceActor('billing', `run-${uuidv7(deps.now())}`),
      async (em, announce, audit, changed) => {
        if (!claimed) return;
        await STEPS[claimed.wanted](deps, { em, announce, audit }, claimed);
        changed({ topic: 'runs', id: claimed.runId, merchantId: null });
        deps.reached?.('step.worked', claimed.wanted);
      },
      { opening: async (em, scope) => void (claimed = await claimRow(em, scope)) },
    );
    if (claimed) deps.reached?.('step.committed', claimed.wanted);
  } catch (error) {
    if (!claimed) throw error;
    await park(deps, claimed, error);
  }
  if (claimed?.wanted === 'finalize') deps.wakers.get('documents')?.();
  return claimed ? 1 : 0;
}

const STEPS: Record<RunRow['wanted'], (deps: BillingDeps, tx: StepTx, row: RunRow) => Promise<void>> = {
  draft: draftRow,
  approve: approveRow,
  finalize: finalizeRow,
};

async function park(deps: BillingDeps, row: RunRow, error: unknown): Promise<void> {
  deps.log.error({ err: error, run: row.runId, merchant: row.merchantId, step: row.wanted }, 'a step of a run failed');
  const waitMs = backOffMs(row.attempts + 1, deps.random(), { firstMs: 500, maxMs: 60_000 });
  const then = afterFailure(row);
  const finding = withRemedy(stepFailed(row.wanted, error, then), row.merchantId);
  await inTransaction(deps.orm, 'staff', (em) =>
    recordRowFailure(em, row, finding, { waitMs, parked: then === 'parked' }),
  );
}

/** What is approved is billed: its invoice is tried for as long as it takes. */
function afterFailure({ state, attempts }: RunRow): AfterFailure {
  if (state === 'approved') return 'untilDone';
  return attempts + 1 >= MAX_ATTEMPTS ? 'parked' : 'again';
}
