import type { Audit } from '../../../shared/messaging/transact.ts';
import type { TemplateKind, TemplateTexts } from '../../../shared/protocol/notifications/template-actions.ts';
import { messageIdHeader, messageIdOf } from '../domain/message-key.ts';
import { domainOf } from '../domain/sender.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import type { KnownMerchant } from '../persistence/merchants.ts';
import type { NewMessage } from '../persistence/messages.ts';
import { mailLinks } from '../templates/links.ts';
import { renderLetter } from '../templates/render.ts';
import type { Desk, Letter } from '../templates/template.ts';

type AddressDeps = Pick<NotificationsDeps, 'log' | 'sender'>;

/** What letters are written with now. */
export const deskOf = (
  deps: Pick<NotificationsDeps, 'now' | 'keys' | 'publicUrl' | 'config'>,
  texts: TemplateTexts = {},
): Desk => ({
  texts,
  links: mailLinks(deps.publicUrl(), deps.keys.link, deps.now()),
  zone: deps.config.KONTOR_ZONE,
});

export interface About {
  kind: TemplateKind;
  documentId: string;
  revision: number;
  audience: 'notice' | 'invoice';
}

/** A letter to every address of a merchant; one without addresses is a finding. */
export function addressed(
  deps: AddressDeps,
  audit: Audit,
  about: About,
  letter: Letter,
  merchant: KnownMerchant,
): NewMessage[] {
  const { kind, documentId, revision, audience } = about;
  const { merchantId, language } = merchant;
  const recipients = addressesFor(merchant, audience);
  if (!recipients.length) {
    deps.log.warn({ merchantId, kind, documentId }, 'nobody to tell: the merchant has no address');
    audit({
      ...{ action: 'message.without-recipient' as const, entity: kind, entityId: documentId, merchantId },
      reason: `The merchant has no e-mail address for ${audience === 'invoice' ? 'invoices' : 'notices'}`,
    });
    return [];
  }
  const { issuerName, ...content } = renderLetter(letter, merchant, deps.sender.name);
  return recipients.map((recipient) => {
    const key = { kind, documentId, revision, recipient };
    const id = messageIdOf(key);
    return {
      ...{ id, merchantId, language, ...key, ...content },
      ...{ audience: 'merchant' as const, documentType: null, letterId: null },
      senderName: issuerName,
      senderAddress: deps.sender.address,
      attachments: letter.attachments,
      messageIdHeader: messageIdHeader(id, 0, domainOf(deps.sender.address)),
    };
  });
}

/** Where a merchant wants what is for these. */
export const addressesFor = ({ invoiceEmails, noticeEmails }: KnownMerchant, audience: About['audience']): string[] =>
  distinct(audience === 'invoice' ? invoiceEmails : noticeEmails);

/** Addresses that differ in case only are one; the first way of writing it stays. */
export const distinct = (addresses: readonly string[]): string[] =>
  [...new Map(addresses.toReversed().map((address) => [address.toLowerCase(), address])).values()].toReversed();
