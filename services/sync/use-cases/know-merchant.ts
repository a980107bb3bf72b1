import { read } from '../../../shared/messaging/transact.ts';
import { fetchMerchant } from '../../../shared/moleculer/fetch-merchant.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { assertSeesMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import { isKnownMerchant, upsertMerchants } from '../persistence/merchants.ts';
import type { SyncDeps } from '../sync.deps.ts';

/**
 * Makes sure that a merchant a request names exists, also when the news of it has not arrived here yet.
 * @throws NotFound      a merchant the actor must not see
 * @throws InvalidInput  `UNKNOWN_MERCHANT` at `merchantId`
 */
export async function knowMerchant(deps: SyncDeps, merchantId: string, actor: Actor): Promise<void> {
  assertSeesMerchant(actor, merchantId);
  if (await read(deps, actor, (em) => isKnownMerchant(em, merchantId))) return;
  const snapshot = await fetchMerchant(deps, merchantId, actor.requestId);
  await inTransaction(deps.orm, 'staff', (em) => upsertMerchants(em, [snapshot]));
}
