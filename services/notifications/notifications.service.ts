import { consume } from '../../shared/messaging/consumer.ts';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { merchantChangedV1 } from '../../shared/protocol/merchants/events.ts';
import { notificationsActions } from '../../shared/protocol/notifications/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { notificationsDeps, type NotificationsDeps } from './notifications.deps.ts';
import { TELLERS } from './templates/index.ts';
import { changeMessageTemplate, resetMessageTemplate } from './use-cases/change-message-template.ts';
import { getMessage } from './use-cases/get-message.ts';
import { getMessageAttachment } from './use-cases/get-message-attachment.ts';
import { getMessageSource } from './use-cases/get-message-source.ts';
import { knowMerchants } from './use-cases/know-merchants.ts';
import { listMessageTemplates } from './use-cases/list-message-templates.ts';
import { listMessages } from './use-cases/list-messages.ts';
import { makeDigests } from './use-cases/make-digests.ts';
import { changeMessageSetting, listMessageSettings } from './use-cases/message-settings.ts';
import { previewMessageTemplate } from './use-cases/preview-message-template.ts';
import { getLinkedInvoice, getLinkedInvoicePdf, getLinkedInvoiceXml } from './use-cases/linked-invoice.ts';
import { readBounces } from './use-cases/read-bounces.ts';
import { remindDecisions } from './use-cases/remind-decisions.ts';
import { resendMessage } from './use-cases/resend-message.ts';
import { sendMessage } from './use-cases/send-message.ts';
import { leaveMails, sendDue } from './use-cases/send-due.ts';
import { tellNews } from './use-cases/tell-news.ts';
import { notificationsInvariants } from './persistence/invariants.ts';

export const notificationsService = (deps: BaseDeps & NotificationsDeps) =>
  defineService({
    name: 'notifications',
    deps,
    invariants: notificationsInvariants,
    actions: bind(notificationsActions, {
      listMessages: (input, actor) => listMessages(deps, input, actor),
      getMessage: (input, actor) => getMessage(deps, input, actor),
      getMessageSource: (input, actor) => getMessageSource(deps, input, actor),
      getMessageAttachment: (input, actor) => getMessageAttachment(deps, input, actor),
      sendMessage: (input, actor) => sendMessage(deps, input, actor),
      resendMessage: (input, actor) => resendMessage(deps, input, actor),
      getLinkedInvoice: (input, actor) => getLinkedInvoice(deps, input, actor),
      getLinkedInvoicePdf: (input, actor) => getLinkedInvoicePdf(deps, input, actor),
      getLinkedInvoiceXml: (input, actor) => getLinkedInvoiceXml(deps, input, actor),
      listMessageTemplates: (input, actor) => listMessageTemplates(deps, input, actor),
      changeMessageTemplate: (input, actor) => changeMessageTemplate(deps, input, actor),
      resetMessageTemplate: (input, actor) => resetMessageTemplate(deps, input, actor),
      previewMessageTemplate: (input, actor) => previewMessageTemplate(deps, input, actor),
      listMessageSettings: (input, actor) => listMessageSettings(deps, input, actor),
      changeMessageSetting: (input, actor) => changeMessageSetting(deps, input, actor),
    }),
    consumers: [
      consume('notifications.know-merchants', merchantChangedV1, (tx, events) => knowMerchants(deps, tx, events)),
      // each event becomes whole mails, so fewer of them stand in one transaction
      ...TELLERS.map(({ consumer, event }) =>
        consume(consumer, event, (tx, events) => tellNews(deps, event, tx, events), { batch: 50 }),
      ),
    ],
    workers: [
      { name: 'send', everyMs: 1_000, round: () => sendDue(deps) },
      ...(deps.bounces ? [{ name: 'read-bounces', everyMs: 60_000, round: () => readBounces(deps) }] : []),
      { name: 'make-digests', everyMs: 30_000, round: () => makeDigests(deps) },
      { name: 'remind-decisions', everyMs: 60_000, round: () => remindDecisions(deps) },
    ],
    leave: () => leaveMails(deps),
  });

export default async (platform: Platform) => notificationsService(await notificationsDeps(platform));
