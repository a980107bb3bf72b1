import { hasType, invalidField } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { assertSeesMerchant, serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { isKnownMerchant, upsertMerchants } from '../persistence/merchants.ts';
import type { SyncDeps } from '../sync.deps.ts';

/**
 * Makes sure that a merchant a request names exists, also when the news of it has not arrived here yet. It asks
 * another service, so it runs before the transaction.
 * @throws NotFound      a merchant the actor must not see
 * @throws InvalidInput  `UNKNOWN_MERCHANT` at `merchantId`
 */
export async function knowMerchant(deps: SyncDeps, merchantId: string, actor: Actor): Promise<void> {
  assertSeesMerchant(actor, merchantId);
  if (await read(deps, actor, (em) => isKnownMerchant(em, merchantId))) return;
  const self = serviceActor(deps.service, actor.requestId);
  const snapshot = await deps
    .call(merchantsActions.getMerchantSnapshot, { id: merchantId }, self)
    .catch((error: unknown) => {
      throw hasType(error, 'MERCHANT_NOT_FOUND')
        ? invalidField('merchantId', 'UNKNOWN_MERCHANT', 'There is no such merchant')
        : error;
    });
  await inTransaction(deps.orm, 'staff', (em) => upsertMerchants(em, [snapshot]));
}
