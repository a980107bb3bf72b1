import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { MessageView, notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findMessage } from '../persistence/messages.ts';
import { reportsOf } from '../persistence/reports.ts';
import { attemptsOf } from '../persistence/sending.ts';
import { messageView } from './message-view.ts';
import { resendRecipients } from './resend-recipients.ts';
import { assertReads, shownTo, viewTo } from './shown-message.ts';

/** @throws NotFound also for a message of a merchant the actor must not see */
export async function getMessage(
  deps: Pick<NotificationsDeps, 'orm' | 'store' | 'now'>,
  { id }: InputOf<typeof notificationsActions.getMessage>,
  actor: Actor,
): Promise<MessageView> {
  const { message, ...rest } = await read(deps, actor, async (em) => {
    const message = await findMessage(em, id);
    assertReads(actor, message);
    const { recipients: resendTo, isOnItsWay } = await resendRecipients(em, message);
    return { message, attempts: await attemptsOf(em, id), reports: await reportsOf(em, id), resendTo, isOnItsWay };
  });
  return viewTo(actor, await messageView(deps.store, shownTo(actor, message), rest, deps.now()));
}
