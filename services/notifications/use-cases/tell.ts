import type { ConsumerTx } from '../../../shared/messaging/consumer.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';
import { domainOf } from '../domain/sender.ts';
import { messageIdHeader, messageIdOf } from '../domain/message-key.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { holdEvents, lockArrivals } from '../persistence/held-events.ts';
import { knownMerchants, type KnownMerchant } from '../persistence/merchants.ts';
import { insertMessages, type NewMessage } from '../persistence/messages.ts';
import { renderLetter } from '../templates/render.ts';
import type { MailTemplate } from '../templates/template.ts';

type TellDeps = Pick<NotificationsDeps, 'now' | 'log' | 'sender'>;

/**
 * Queues the mails of events: one per document and recipient, rendered here and frozen. An event whose merchant is
 * not known here yet is held until the merchant arrives; a merchant without addresses is a finding.
 */
export async function tell(deps: TellDeps, template: MailTemplate, tx: ConsumerTx, events: Envelope[]): Promise<void> {
  const merchants = await merchantsOf(deps, tx, events);
  const messages = events.flatMap((event) => {
    const merchant = merchants.get(event.merchantId ?? '');
    return merchant ? messagesOf(deps, template, tx, event, merchant) : [];
  });
  if (messages.length) await insertMessages(tx.em, messages, deps.now());
}

/** The merchants that are known; events of others are held. */
async function merchantsOf(
  deps: TellDeps,
  { em }: ConsumerTx,
  events: Envelope[],
): Promise<Map<string, KnownMerchant>> {
  const ids = [...new Set(events.map(({ merchantId }) => merchantId!))];
  const known = await knownMerchants(em, ids);
  if (known.size === ids.length) return known;
  await lockArrivals(em);
  const nowKnown = await knownMerchants(em, ids);
  const early = events.filter(({ merchantId }) => !nowKnown.has(merchantId!));
  if (early.length) {
    await holdEvents(em, early);
    deps.log.warn({ events: early.map(({ id }) => id) }, 'mails wait for news of their merchants');
  }
  return nowKnown;
}

function messagesOf(
  deps: TellDeps,
  template: MailTemplate,
  tx: ConsumerTx,
  { payload }: Envelope,
  merchant: KnownMerchant,
): NewMessage[] {
  const { merchantId, language } = merchant;
  const { documentId, revision } = template.about(payload);
  const recipients = distinct(template.audience === 'invoice' ? merchant.invoiceEmails : merchant.noticeEmails);
  if (!recipients.length) {
    deps.log.warn({ merchantId, kind: template.kind, documentId }, 'nobody to tell: the merchant has no address');
    tx.audit({
      ...{ action: 'message.without-recipient', entity: template.kind, entityId: documentId, merchantId },
      reason: `The merchant has no e-mail address for ${template.audience === 'invoice' ? 'invoices' : 'notices'}`,
    });
    return [];
  }
  const letter = template.write(payload, merchant);
  const { issuerName, ...content } = renderLetter(letter, merchant, deps.sender.name);
  return recipients.map((recipient) => {
    const key = { kind: template.kind, documentId, revision, recipient };
    const id = messageIdOf(key);
    return {
      ...{ id, merchantId, language, ...key, ...content },
      senderName: issuerName,
      senderAddress: deps.sender.address,
      attachments: letter.attachments,
      messageIdHeader: messageIdHeader(id, 0, domainOf(deps.sender.address)),
    };
  });
}

/** Addresses that differ in case only are one; the first way of writing it stays. */
const distinct = (addresses: readonly string[]): string[] =>
  [...new Map(addresses.toReversed().map((address) => [address.toLowerCase(), address])).values()].toReversed();
