import { inTransaction, violatedConstraint } from '../../../shared/persistence/transaction.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { knowMerchants, unknownMerchants } from '../persistence/merchants.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/**
 * Runs work that names merchants. Usually they are known here; one that was set up a moment ago is asked for and the
 * work, whose transaction the foreign key undid, runs again.
 * @param ids  the merchants, read after the work failed
 * @throws NotFound for a merchant that does not exist
 */
export async function withMerchants<Result>(
  deps: ReturnsDeps,
  actor: Actor,
  ids: () => readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!OF_MERCHANT.includes(violatedConstraint(error) ?? '')) throw error;
    await askForMerchants(deps, actor, ids());
    return work();
  }
}

/** Foreign keys to what is known of merchants. */
const OF_MERCHANT = ['return_merchant', 'return_phrase_merchant', 'return_checklist_merchant'];

async function askForMerchants(deps: ReturnsDeps, actor: Actor, ids: readonly string[]): Promise<void> {
  const missing = await inTransaction(deps.orm, 'staff', (em) => unknownMerchants(em, ids), { readOnly: true });
  const asker = serviceActor('returns', actor.requestId);
  const snapshots = await Promise.all(
    missing.map((id) => deps.call(merchantsActions.getMerchantSnapshot, { id }, asker)),
  );
  await inTransaction(deps.orm, 'staff', (em) => knowMerchants(em, snapshots));
}
