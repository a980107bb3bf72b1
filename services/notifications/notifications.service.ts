import { consume } from '../../shared/messaging/consumer.ts';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { notificationsActions } from '../../shared/protocol/notifications/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { notificationsDeps, type NotificationsDeps } from './notifications.deps.ts';
import { TEMPLATES } from './templates/index.ts';
import { getMessage } from './use-cases/get-message.ts';
import { getMessageAttachment } from './use-cases/get-message-attachment.ts';
import { getMessageSource } from './use-cases/get-message-source.ts';
import { knowMerchants } from './use-cases/know-merchants.ts';
import { listMessages } from './use-cases/list-messages.ts';
import { resendMessage } from './use-cases/resend-message.ts';
import { sendDue } from './use-cases/send-due.ts';
import { tell } from './use-cases/tell.ts';

export const notificationsService = (deps: BaseDeps & NotificationsDeps) =>
  defineService({
    name: 'notifications',
    deps,
    actions: bind(notificationsActions, {
      listMessages: (input, actor) => listMessages(deps, input, actor),
      getMessage: (input, actor) => getMessage(deps, input, actor),
      getMessageSource: (input, actor) => getMessageSource(deps, input, actor),
      getMessageAttachment: (input, actor) => getMessageAttachment(deps, input, actor),
      resendMessage: (input, actor) => resendMessage(deps, input, actor),
    }),
    consumers: [
      consume('notifications.know-merchants', merchantChangedV1, (tx, events) => knowMerchants(deps, tx, events)),
      ...TEMPLATES.map((template) =>
        // each event becomes whole mails, so fewer of them stand in one transaction
        consume(template.consumer, template.event, (tx, events) => tell(deps, template, tx, events), { batch: 50 }),
      ),
    ],
    workers: [{ name: 'send', everyMs: 1_000, round: () => sendDue(deps) }],
  });

export default async (platform: Platform) => notificationsService(await notificationsDeps(platform));
