import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidOf, uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { SpecialJobView } from '../../../shared/protocol/orders/views.ts';
import { assertPositive } from '../domain/sign-off.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { findJob, insertJob, jobView } from '../persistence/special-jobs.ts';
import { knowMerchant } from './know-merchant.ts';

/**
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws RuleViolation  `SPECIAL_JOB_EXISTS` when the id is taken by other content
 */
export async function createSpecialJob(
  deps: OrdersDeps,
  input: InputOf<typeof ordersActions.createSpecialJob>,
  actor: Actor,
): Promise<SpecialJobView> {
  assertHouse(actor);
  const now = deps.now();
  assertPositive(input.quantity);
  await knowMerchant(deps, input.merchantId, actor);
  const { merchantId, code, description, unit, quantity } = input;
  const contentHash = uuidOf(JSON.stringify([merchantId, code, description, unit, quantity]));
  const id = input.id ?? uuidv7(now);
  return transact(deps, actor, async (em, _announce, audit) => {
    const job = await insertJob(em, { id, merchantId, code, description, unit, quantity, contentHash }, now);
    if (!job) {
      const existing = await findJob(em, id);
      if (existing?.contentHash === contentHash) return asRepeated(jobView(existing));
      throw new RuleViolation('SPECIAL_JOB_EXISTS', 'There is another special job with this id');
    }
    const view = jobView(job);
    audit({ action: 'special-job.created', entity: 'special-job', entityId: id, merchantId, after: view });
    return view;
  });
}
