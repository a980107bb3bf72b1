import { fetchMerchant } from '../../../shared/moleculer/fetch-merchant.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { knownMerchants, upsertMerchants, type KnownMerchant } from '../persistence/merchants.ts';

/**
 * A merchant that a request names, asked of its owner when its news has not arrived yet. Runs before the transaction
 * of the request; what waits for the merchant is told when the news itself comes.
 * @throws InvalidInput `UNKNOWN_MERCHANT` at `merchantId`
 */
export async function arrivedMerchant(
  deps: Pick<NotificationsDeps, 'orm' | 'call' | 'service'>,
  merchantId: string,
  requestId: string,
): Promise<KnownMerchant> {
  const known = () => inTransaction(deps.orm, 'staff', (em) => knownMerchants(em, [merchantId]), { readOnly: true });
  const merchant = (await known()).get(merchantId);
  if (merchant) return merchant;
  const snapshot = await fetchMerchant(deps, merchantId, requestId);
  await inTransaction(deps.orm, 'staff', (em) => upsertMerchants(em, [snapshot]));
  return (await known()).get(merchantId)!;
}
