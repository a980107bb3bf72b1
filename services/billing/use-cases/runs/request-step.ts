import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { RowState, RunView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { acceptFindings, requestStep as request } from '../../persistence/runs/requested-rows.ts';
import type { Step } from '../../persistence/runs/run-rows.ts';
import { barredByFourEyes, fourEyes } from './four-eyes.ts';
import { runView } from '../../persistence/runs/run-views.ts';

/** Drafts and their net sum as they stood in front of whoever approves them or accepts their total. */
interface Seen {
  rows: number;
  netMinor: number;
}

/** From which states a step leads on (domain.md, States: merchant row of a billing run). */
const FROM: Record<Step, readonly RowState[]> = {
  draft: ['scheduled', 'draft', 'parked', 'skipped', 'cancelled'],
  approve: ['draft'],
  finalize: ['approved'],
};
/** States a step leads to: asking again is no error, it changes nothing. */
const DONE: Record<Step, readonly RowState[]> = {
  draft: [],
  approve: ['approved', 'finalized', 'delivered'],
  finalize: ['finalized', 'delivered'],
};

/**
 * Asks for a step of all rows that can take it, or of the named ones, which then must be able to.
 * @throws AppError 403
 * @throws NotFound when the run or a named merchant's row does not exist
 * @throws RuleViolation when a named row's state does not allow the step
 * @throws RuleViolation `DRAFTS_CHANGED` when the drafts to approve or to accept are not those that were seen
 * @throws AppError 403 `FOUR_EYES` where the issuer wants another person to approve
 */
export async function requestStep(
  deps: BillingDeps,
  step: Step,
  input: {
    id: string;
    merchantIds?: readonly string[] | undefined;
    accept?: readonly string[] | undefined;
    /** Why it is accepted. */
    reason?: string | undefined;
    seen?: Seen | undefined;
  },
  actor: Actor,
): Promise<RunView> {
  assertHouse(actor);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    if (!(await firstRow(em, sql`select 1 from run where id = ${input.id}`))) throw new NotFound('billing run');
    await assertAllowed(em, step, input);
    const barred = step === 'approve' ? await barredByFourEyes(em, input, actor) : [];
    // the whole run is drafted anew only where a draft makes sense by itself; a named row also after it was skipped
    const from = step === 'draft' && !input.merchantIds ? FROM.draft.slice(0, 3) : FROM[step];
    const merchants = await request(em, input.id, {
      ...{ step, from, by: actor.id },
      ...{ merchantIds: input.merchantIds, exceptMerchantIds: barred },
    });
    if (!merchants.length) await assertNotInVain(em, step, input.id, barred);
    else if (input.seen) await assertSeen(em, input.id, merchants, input.seen);
    if (input.accept) await acceptFindings(em, input.id, merchants, input.accept);
    for (const merchantId of merchants)
      audit({
        action: `billing-run.${step}-requested`,
        entity: 'billing-run',
        entityId: input.id,
        merchantId,
        after: { accept: input.accept ?? [] },
        ...(input.reason === undefined ? {} : { reason: input.reason }),
      });
    return runView(em, input.id);
  });
  deps.wakers.get('run-rows')?.();
  return view;
}

/** What was in front of the person: another one may have had it drafted anew since. */
async function assertSeen(em: EntityManager, runId: string, merchantIds: readonly string[], seen: Seen): Promise<void> {
  const found = await firstRow<Seen>(
    em,
    sql`select count(*)::integer as rows, coalesce(sum(net_minor), 0)::float8 as "netMinor" from run_merchant
        where run_id = ${runId} and merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
  if (found!.rows !== seen.rows || found!.netMinor !== seen.netMinor)
    throw new RuleViolation('DRAFTS_CHANGED', 'These drafts are not those that were seen: look at them again', {
      ...found!,
    });
}

/** A request that concerns no row is answered as done only when it is. */
async function assertNotInVain(em: EntityManager, step: Step, runId: string, barred: readonly string[]): Promise<void> {
  if (step === 'draft') return;
  const done = await firstRow(
    em,
    sql`select 1 from run_merchant where run_id = ${runId} and (state = any(${[...DONE[step]]}::text[]) or wanted = ${step})`,
  );
  if (barred.length) throw fourEyes(barred);
  if (done) return;
  throw step === 'approve'
    ? new RuleViolation('NOTHING_TO_APPROVE', 'No merchant row of this run is a draft that nothing blocks')
    : new RuleViolation(
        'NOTHING_APPROVED',
        'No merchant row of this run is approved yet; approvals may still be under way',
      );
}

async function assertAllowed(
  em: EntityManager,
  step: Step,
  { id, merchantIds }: { id: string; merchantIds?: readonly string[] | undefined },
): Promise<void> {
  if (!merchantIds) return;
  const found = await rows<{ merchantId: string; state: RowState }>(
    em,
    sql`select merchant_id as "merchantId", state from run_merchant where run_id = ${id} and merchant_id = any(${[...merchantIds]}::uuid[]) for update`,
  );
  if (found.length < new Set(merchantIds).size) throw new NotFound('merchant row');
  const wrong = found.find(({ state }) => !FROM[step].includes(state) && !DONE[step].includes(state));
  if (wrong)
    throw new RuleViolation(
      'RUN_ROW_TRANSITION_NOT_ALLOWED',
      `A merchant row that is ${wrong.state} cannot be asked to ${step}`,
      {
        merchantId: wrong.merchantId,
        state: wrong.state,
        step,
      },
    );
}
