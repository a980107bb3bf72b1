import { NotFound } from '../../../shared/kernel/errors.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import { MERCHANT_USERS, type Role } from '../../../shared/protocol/define.ts';
import type { MessageKind } from '../../../shared/protocol/notifications/events.ts';
import type { MessageListItem, MessageView } from '../../../shared/protocol/notifications/actions.ts';
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

/** Mails about what a merchant owes and how it is collected; the routes of these refuse a lead, too. */
const OF_FINANCE: readonly MessageKind[] = ['dunningNotice', 'directDebitAnnounced'];

/** The kinds of mails that the actor may not read. */
export const kindsHiddenFrom = ({ roles }: Actor): readonly MessageKind[] =>
  roles.includes('lead') && !roles.includes('finance') && !roles.includes('admin') ? OF_FINANCE : [];

/** @throws NotFound also for a message that the actor may not read */
export function assertReads<Message extends { kind: MessageKind }>(
  actor: Actor,
  message: Message | undefined,
): asserts message is Message {
  if (!message || kindsHiddenFrom(actor).includes(message.kind)) throw new NotFound('message');
}

/** Answers that a merchant's mail server gave, or one on the way to it; what ails the house's own is the house's. */
const OF_RECIPIENT: readonly MessageView['deliveries'][number]['outcome'][] = ['sent', 'bounced'];

/** An entry of a list as the actor may see it: a merchant learns why a mail bounced, not what ails the house's server. */
export const itemTo = <Item extends MessageListItem>(actor: Actor, item: Item): Item =>
  isStaff(actor) || item.bounce ? item : { ...item, error: null };

/** The same of a whole message, with every try to deliver it. */
export const viewTo = (actor: Actor, view: MessageView): MessageView =>
  isStaff(actor)
    ? view
    : {
        ...itemTo(actor, view),
        deliveries: view.deliveries.map((delivery) =>
          OF_RECIPIENT.includes(delivery.outcome) ? delivery : { ...delivery, response: '' },
        ),
      };
