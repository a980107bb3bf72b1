import { hasType, invalidField } from '../kernel/errors.ts';
import { serviceActor } from '../protocol/actor.ts';
import { merchantsActions } from '../protocol/merchants/actions.ts';
import type { MerchantSnapshot } from '../protocol/merchants/events.ts';
import type { Call } from './call.ts';

/**
 * A merchant that a request names and whose copy has not arrived here yet. It asks another service, so it runs before
 * the transaction.
 * @throws InvalidInput  `UNKNOWN_MERCHANT` at `merchantId`
 */
export async function fetchMerchant(
  { call, service }: { call: Call; service: string },
  merchantId: string,
  requestId: string,
): Promise<MerchantSnapshot> {
  try {
    return await call(merchantsActions.getMerchantSnapshot, { id: merchantId }, serviceActor(service, requestId));
  } catch (error) {
    throw hasType(error, 'MERCHANT_NOT_FOUND')
      ? invalidField('merchantId', 'UNKNOWN_MERCHANT', 'There is no such merchant')
      : error;
  }
}
