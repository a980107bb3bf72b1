import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { knownMerchants } from '../persistence/merchants.ts';
import type { MessageRow } from '../persistence/messages.ts';
import { TEMPLATES } from '../templates/index.ts';
import { addressesFor } from './address.ts';

/**
 * Where a message goes when it is sent again: to the addresses that the merchant has for such mails now, which may be
 * none. What went to a consumer goes to the address of its order, as before.
 */
export async function resendRecipients(
  em: EntityManager,
  { audience, kind, merchantId, recipient }: Pick<MessageRow, 'audience' | 'kind' | 'merchantId' | 'recipient'>,
): Promise<string[]> {
  if (audience === 'consumer') return [recipient];
  const merchant = (await knownMerchants(em, [merchantId])).get(merchantId);
  const of = TEMPLATES.find((template) => template.kind === kind)?.audience ?? 'notice';
  return merchant ? addressesFor(merchant, of) : [];
}
