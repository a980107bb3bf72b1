import type { Actor } from '../../../shared/protocol/actor.ts';
import { MERCHANT_USERS, type Role } from '../../../shared/protocol/define.ts';
import { withoutKeys, type KeyPurpose } from '../domain/mask-links.ts';
import type { StoredMessage } from '../persistence/messages.ts';

/** Who may see which links in a stored mail: its readers would else do with them what their role does not allow. */
const HOLDERS: Record<KeyPurpose, readonly Role[]> = { decide: ['merchantDecider'], invoice: MERCHANT_USERS };

/**
 * A message as the actor may see it. A link that decides in the name of the merchant is for those who may decide; one
 * that opens documents without a log-in is the merchant's.
 */
export function shownTo({ roles }: Actor, message: StoredMessage): StoredMessage {
  const hidden = (Object.keys(HOLDERS) as KeyPurpose[]).filter(
    (purpose) => !HOLDERS[purpose].some((role) => roles.includes(role)),
  );
  const mask = (text: string) => hidden.reduce((masked, purpose) => withoutKeys(masked, purpose), text);
  return { ...message, html: mask(message.html), text: mask(message.text) };
}
