import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { messageIdHeader, repetitionIdOf } from '../domain/message-key.ts';
import { domainOf } from '../domain/sender.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import {
  findMessageForUpdate,
  findMessages,
  giveUpQueued,
  insertMessages,
  lockSiblings,
  noteRepeated,
  requeue,
  type StoredMessage,
} from '../persistence/messages.ts';
import { listItem } from './message-view.ts';
import { resendRecipients } from './resend-recipients.ts';

type Action = typeof notificationsActions.resendMessage;

/** Stands where a mail server's answer stands else. */
const ADDRESS_GONE = 'Given up: the merchant no longer has this address, and it was sent again to those of now';

/**
 * Sends the content of a message again, to the addresses that the merchant's record names now: each gets a message of
 * its own, and the one that is repeated keeps what became of it. To a consumer the same message goes once more.
 * It comes from the sender of now, because it may have been the sender that was refused.
 * What still waits for an address that the record no longer names is given up with it.
 * @throws RuleViolation `MESSAGE_ON_ITS_WAY` while it or a repetition for its recipient or all it would go to is queued or being
 *   sent;
 *   `MESSAGE_WITHOUT_RECIPIENT`
 */
export async function resendMessage(
  deps: Pick<NotificationsDeps, 'service' | 'orm' | 'now' | 'wake' | 'sender'>,
  { id }: InputOf<Action>,
  actor: Actor,
): Promise<OutputOf<Action>> {
  return transact(deps, actor, async (em, announce, audit) => {
    const message = await findMessageForUpdate(em, id);
    if (!message) throw new NotFound('message');
    assertVersion(actor, message.version);
    const { state, resends, merchantId, recipient, audience } = message;
    await lockSiblings(em, message);
    const { recipients, isOnItsWay } = await resendRecipients(em, message);
    if (isOnItsWay) throw new RuleViolation('MESSAGE_ON_ITS_WAY', 'This message is about to be sent anyway', { state });
    if (!recipients.length)
      throw new RuleViolation('MESSAGE_WITHOUT_RECIPIENT', 'The merchant has no e-mail address for such messages now');
    const now = deps.now();
    const from = deps.sender.address;
    const ids =
      audience === 'consumer'
        ? await sendAgain(em, message, from, now)
        : await repeat(em, message, recipients, from, now);
    if (audience === 'merchant' && state === 'queued') await giveUp(em, announce, audit, message, now);
    audit({
      ...{ action: 'message.resent' as const, entity: 'message', entityId: id, merchantId },
      before: { state, resends, recipient },
      after: { resends: resends + 1, recipients },
    });
    return { messages: (await findMessages(em, ids)).map((row) => listItem(row, now)) };
  });
}

async function giveUp(em: EntityManager, announce: Announce, audit: Audit, message: StoredMessage, now: Date) {
  const { id: messageId, merchantId, kind, documentId, revision, recipient, resends } = message;
  await giveUpQueued(em, messageId, ADDRESS_GONE, now);
  announce(messageDeliveredV1, {
    ...{ messageId, merchantId, kind, documentId, revision, recipient, resends },
    ...{ outcome: 'bounced' as const, at: now.toISOString() },
  });
  audit({
    ...{ action: 'message.failed' as const, entity: 'message', entityId: messageId, merchantId },
    after: { response: ADDRESS_GONE },
  });
}

async function sendAgain(em: EntityManager, { id, resends }: StoredMessage, senderAddress: string, now: Date) {
  const header = messageIdHeader(id, resends + 1, domainOf(senderAddress));
  await requeue(em, id, { messageIdHeader: header, senderAddress }, now);
  return [id];
}

async function repeat(
  em: EntityManager,
  message: StoredMessage,
  recipients: readonly string[],
  senderAddress: string,
  now: Date,
) {
  const { id: repeatsId } = message;
  const repetitions = recipients.map((recipient) => {
    const id = repetitionIdOf(repeatsId, message.resends + 1, recipient);
    return {
      ...message,
      ...{ id, recipient, repeatsId, senderAddress },
      messageIdHeader: messageIdHeader(id, 0, domainOf(senderAddress)),
    };
  });
  await insertMessages(em, repetitions, now);
  await noteRepeated(em, repeatsId, now);
  return repetitions.map(({ id }) => id);
}
