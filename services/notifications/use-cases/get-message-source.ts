import { AppError } from '../../../shared/kernel/errors.ts';
import { localDateOf } from '../../../shared/kernel/dates.ts';
import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { mailFileName } from '../domain/mail-file-name.ts';
import { Undeliverable } from '../domain/verdict.ts';
import { composeSource } from '../mail/compose.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findMessage } from '../persistence/messages.ts';
import { assertReads, shownTo } from './shown-message.ts';

/**
 * The mail as it goes out, but for links that decide (see `shownTo`). It is put into the store under its own hash, so asking again stores nothing new.
 * @throws NotFound  no such message, or a file of it is gone
 */
export async function getMessageSource(
  deps: Pick<NotificationsDeps, 'orm' | 'store' | 'config'>,
  { id }: InputOf<typeof notificationsActions.getMessageSource>,
  actor: Actor,
): Promise<OutputOf<typeof notificationsActions.getMessageSource>> {
  const message = await read(deps, actor, (em) => findMessage(em, id));
  assertReads(actor, message);
  const source = await composeSource(deps.store, shownTo(actor, message)).catch((error: unknown) => {
    throw error instanceof Undeliverable ? new AppError(409, 'MESSAGE_DAMAGED', error.message) : error;
  });
  const { key } = await deps.store.putContent('mails', source, 'eml');
  const day = localDateOf(new Date(message.createdAt), deps.config.KONTOR_ZONE);
  return {
    objectKey: key,
    contentType: 'message/rfc822',
    filename: mailFileName(day, message.kind, message.recipient, message.messageIdHeader),
    disposition: 'attachment',
  };
}
