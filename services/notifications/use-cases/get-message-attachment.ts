import { NotFound } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findMessage } from '../persistence/messages.ts';
import { assertReads } from './shown-message.ts';

/** @throws NotFound  no such message, or it has no such attachment */
export async function getMessageAttachment(
  deps: Pick<NotificationsDeps, 'orm'>,
  { id, index }: InputOf<typeof notificationsActions.getMessageAttachment>,
  actor: Actor,
): Promise<OutputOf<typeof notificationsActions.getMessageAttachment>> {
  const message = await read(deps, actor, (em) => findMessage(em, id));
  assertReads(actor, message);
  const attachment = message.attachments[index];
  if (!attachment) throw new NotFound('attachment');
  const { objectKey, contentType, filename } = attachment;
  return { objectKey, contentType, filename, disposition: 'attachment' };
}
