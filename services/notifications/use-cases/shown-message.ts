import type { Actor } from '../../../shared/protocol/actor.ts';
import { withoutKeys } from '../domain/mask-links.ts';
import type { StoredMessage } from '../persistence/messages.ts';

/**
 * A message as the actor may see it: a link that decides in the name of the merchant is for those who may decide.
 * Without this, whoever may only look could decide with the link of a stored mail.
 */
export const shownTo = ({ roles }: Actor, message: StoredMessage): StoredMessage =>
  roles.includes('merchantDecider')
    ? message
    : { ...message, html: withoutKeys(message.html), text: withoutKeys(message.text) };
