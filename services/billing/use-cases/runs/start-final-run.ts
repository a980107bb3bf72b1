import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { runToolsActions } from '../../../../shared/protocol/billing/run-tools-actions.ts';
import type { ContractTerms } from '../../../../shared/protocol/merchants/events.ts';
import type { RunView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { findBillingMerchant } from '../../persistence/runs/billing-merchant.ts';
import { makeFinalRow } from '../../persistence/runs/final-rows.ts';
import { runView } from '../../persistence/runs/run-views.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { fetchMerchant } from '../merchants/know-merchants.ts';
import { insertRun } from './start-run.ts';

/**
 * The last bill of a contract (G10): one merchant, any day, all streams, whatever is unbilled. Asked again it is the
 * same row; a row of the day that is not approved yet becomes the final one.
 * @throws AppError 403
 * @throws InvalidInput for an unknown merchant, a day to come, or a contract that goes on after it
 * @throws RuleViolation when there is no issuer, or the merchant's row of that day is approved already
 */
export async function startFinalRun(
  deps: BillingDeps,
  { merchantId, day }: InputOf<typeof runToolsActions.startFinalRun>,
  actor: Actor,
): Promise<RunView> {
  assertHouse(actor);
  if (day > localDateOf(deps.now(), deps.config.KONTOR_ZONE))
    throw invalidField('day', 'DAY_IN_FUTURE', 'A final run is made when its day has come');
  await ensureMerchant(deps, merchantId, 'merchantId', actor);
  // a contract that was ended a moment ago may not have arrived
  if (await read(deps, actor, (em) => contractAfter(em, merchantId, day))) await fetchMerchant(deps, merchantId, actor);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const issuer = await findIssuer(em);
    if (!issuer) throw new RuleViolation('ISSUER_MISSING', 'Say first who issues the invoices: PUT /issuer');
    await assertEnded(em, merchantId, day);
    const run = await insertRun(em, deps, issuer.id, { cutoff: day, startedBy: actor.id, startedKind: 'user' });
    const row = { id: uuidv7(deps.now()), runId: run.id, merchantId, cutoff: day };
    const made = await makeFinalRow(em, row, actor.id);
    if (made === 'tooLate')
      throw new RuleViolation('FINAL_RUN_TOO_LATE', 'This day is billed already; choose a later one', {
        merchantId,
        day,
      });
    if (made === 'made')
      audit({
        action: run.created ? 'billing-run.started' : 'billing-run.joined',
        entity: 'billing-run',
        entityId: run.id,
        merchantId,
        after: { cutoff: day, final: true },
      });
    return runView(em, run.id);
  });
  deps.wakers.get('run-rows')?.();
  return view;
}

async function contractAfter(em: EntityManager, merchantId: string, day: string): Promise<ContractTerms | undefined> {
  const { snapshot } = await findBillingMerchant(em, merchantId, day);
  return snapshot.contracts.find(({ endsOn }) => endsOn === null || endsOn > day);
}

async function assertEnded(em: EntityManager, merchantId: string, day: string): Promise<void> {
  const open = await contractAfter(em, merchantId, day);
  if (open)
    throw invalidField(
      'day',
      'CONTRACT_NOT_ENDED',
      `A contract of the merchant goes on ${open.endsOn ? `until ${open.endsOn}` : 'without end'}`,
    );
}
