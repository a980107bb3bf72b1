import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { knownMerchants } from '../persistence/merchants.ts';
import { addressesWithIt, type MessageRow } from '../persistence/messages.ts';
import { TEMPLATES } from '../templates/index.ts';
import { addressesFor } from './address.ts';

type Repeated = Pick<
  MessageRow,
  'audience' | 'state' | 'kind' | 'merchantId' | 'recipient' | 'documentId' | 'revision' | 'letterId'
>;

/**
 * Where a message goes when it is sent again: to the addresses that the merchant has for such mails now, which may be
 * none. Where some of them have it, or are about to get it, and others do not, only to the others; once all have it,
 * to those it is not on its way to. What went to a consumer goes to the address of its order, as before.
 * @returns also whether it is on its way anyway: to all of these, or by itself. What waits for an address that was taken out
 *   of the record is on its way to nobody who should have it.
 */
export async function resendRecipients(
  em: EntityManager,
  message: Repeated,
): Promise<{ recipients: string[]; isOnItsWay: boolean }> {
  const { audience, state, kind, merchantId, recipient } = message;
  const isOpen = state === 'queued' || state === 'sending';
  if (audience === 'consumer') return { recipients: [recipient], isOnItsWay: isOpen };
  const merchant = (await knownMerchants(em, [merchantId])).get(merchantId);
  const of = TEMPLATES.find((template) => template.kind === kind)?.audience ?? 'notice';
  const addresses = merchant ? addressesFor(merchant, of) : [];
  const isCurrent = addresses.some((address) => address.toLowerCase() === recipient.toLowerCase());
  // whoever is just sending it writes what became of it first
  const isUnderWay = state === 'sending' || (isOpen && isCurrent);
  const withIt = await addressesWithIt(em, message);
  const lacking = addresses.filter((address) => !withIt.has(address.toLowerCase()));
  if (lacking.length) return { recipients: lacking, isOnItsWay: isUnderWay };
  const others = addresses.filter((address) => !withIt.get(address.toLowerCase()));
  // whoever clicks on a mail that was just sent again means no others than the one before
  const isSentAgain = isCurrent && (withIt.get(recipient.toLowerCase()) ?? false);
  return {
    recipients: others.length ? others : addresses,
    isOnItsWay: isUnderWay || (addresses.length > 0 && (isSentAgain || !others.length)),
  };
}
