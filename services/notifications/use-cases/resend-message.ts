import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { MessageListItem, notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { messageIdHeader } from '../domain/message-key.ts';
import { domainOf } from '../domain/sender.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findMessage, findMessageForUpdate, requeue } from '../persistence/messages.ts';
import { listItem } from './message-view.ts';

/**
 * Queues a message again, with the same content and to the same recipient. The log of attempts keeps what was.
 * @throws RuleViolation `MESSAGE_ON_ITS_WAY` while it is queued or being sent
 */
export async function resendMessage(
  deps: Pick<NotificationsDeps, 'service' | 'orm' | 'now' | 'wake'>,
  { id }: InputOf<typeof notificationsActions.resendMessage>,
  actor: Actor,
): Promise<MessageListItem> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const message = await findMessageForUpdate(em, id);
    if (!message) throw new NotFound('message');
    assertVersion(actor, message.version);
    const { state, resends, merchantId, senderAddress } = message;
    if (state === 'queued' || state === 'sending')
      throw new RuleViolation('MESSAGE_ON_ITS_WAY', 'This message is about to be sent anyway', { state });
    await requeue(em, id, messageIdHeader(id, resends + 1, domainOf(senderAddress)), deps.now());
    audit({
      ...{ action: 'message.resent' as const, entity: 'message', entityId: id, merchantId },
      before: { state, resends },
      after: { state: 'queued', resends: resends + 1 },
    });
    return listItem((await findMessage(em, id))!);
  });
}
