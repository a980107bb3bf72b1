import { createHash } from 'node:crypto';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { LetterView, notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { email } from '../../../shared/protocol/schemas.ts';
import { messageIdHeader } from '../domain/message-key.ts';
import { domainOf } from '../domain/sender.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findLetter, insertLetter, messagesOfLetter, type StoredLetter } from '../persistence/letters.ts';
import type { KnownMerchant } from '../persistence/merchants.ts';
import { insertMessages, type NewMessage } from '../persistence/messages.ts';
import { headerLine } from '../templates/content.ts';
import { writtenLetter } from '../templates/individual/letter.ts';
import { renderLetter } from '../templates/render.ts';
import { deskOf, distinct } from './address.ts';
import { arrivedMerchant } from './arrived-merchant.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { listItem } from './message-view.ts';

type Deps = Omit<NotificationsDeps, 'store' | 'mailer' | 'random'>;
type Input = InputOf<typeof notificationsActions.sendMessage>;

/**
 * Sends what a person wrote to a merchant or to the consumer of an order. The addresses come from the records and
 * from nowhere else; what the letter is about must be the merchant's.
 * @throws InvalidInput  nobody to write to, or about something that is not the merchant's; RuleViolation `LETTER_EXISTS`
 */
export async function sendMessage(deps: Deps, input: Input, actor: Actor): Promise<LetterView> {
  assertHouse(actor);
  assertVisible(input);
  const subject = await findSubject(deps, input.about, actor);
  if (subject.merchantId !== input.merchantId)
    throw invalidField('about.id', 'OF_ANOTHER_MERCHANT', 'This is not of the merchant the message is for');
  const merchant = await arrivedMerchant(deps, input.merchantId, actor.requestId);
  return transact(deps, actor, async (em, _announce, audit) => {
    const letter = letterOf(input, merchant, actor, deps.now());
    if (!(await insertLetter(em, letter))) return repeated(em, letter, deps.now());
    await insertMessages(em, messagesOf(deps, letter, merchant, subject), deps.now());
    const { id: letterId, audience: to, aboutId: entityId, aboutType: entity, merchantId } = letter;
    audit({
      ...{ action: 'message.written' as const, entity, entityId, merchantId },
      after: { letterId, to, subject: letter.subject },
    });
    return view(em, letter, deps.now());
  });
}

/** Signs that turn the reading direction are taken out of headers, so a subject of nothing else would be empty. */
function assertVisible({ subject, body }: Input): void {
  if (!headerLine(subject)) throw invalidField('subject', 'BLANK', 'Nothing would be seen of this subject');
  if (!headerLine(body)) throw invalidField('body', 'BLANK', 'Nothing would be seen of this text');
}

function letterOf(input: Input, merchant: KnownMerchant, actor: Actor, now: Date): StoredLetter {
  const { merchantId, to: audience, about, subject, body } = input;
  const language = input.language ?? merchant.language;
  const content = JSON.stringify([merchantId, audience, about.type, about.id, input.language ?? null, subject, body]);
  return {
    id: input.id ?? uuidv7(now),
    ...{ merchantId, audience, aboutType: about.type, aboutId: about.id, language, subject, body },
    writtenBy: actor.id,
    contentHash: createHash('sha256').update(content).digest('hex'),
    createdAt: now.toISOString(),
  };
}

async function repeated(em: EntityManager, { id, contentHash }: StoredLetter, now: Date): Promise<LetterView> {
  const existing = await findLetter(em, id);
  if (existing?.contentHash !== contentHash)
    throw new RuleViolation('LETTER_EXISTS', 'There is another message with this id');
  return asRepeated(await view(em, existing, now));
}

function messagesOf(deps: Deps, letter: StoredLetter, merchant: KnownMerchant, subject: Subject): NewMessage[] {
  const { id: letterId, merchantId, audience, aboutType, aboutId, language } = letter;
  const about = { type: aboutType, id: aboutId, number: subject.number };
  const reader = { ...merchant, language };
  const written = writtenLetter({ ...letter, about }, language, deskOf(deps).links);
  const frame = audience === 'consumer' ? 'consumer' : 'written';
  const { issuerName: senderName, ...content } = renderLetter(written, reader, deps.sender.name, frame);
  return addressesOf(audience, merchant, subject).map((recipient) => {
    const id = uuidOf('letter', letterId, recipient.toLowerCase());
    return {
      ...{ id, merchantId, language, recipient, audience, letterId, senderName, ...content },
      ...{ kind: 'individual' as const, documentId: aboutId, documentType: aboutType, revision: 0 },
      senderAddress: deps.sender.address,
      attachments: [],
      messageIdHeader: messageIdHeader(id, 0, domainOf(deps.sender.address)),
    };
  });
}

function addressesOf(
  to: 'merchant' | 'consumer',
  { noticeEmails }: KnownMerchant,
  { consumerEmail }: Subject,
): string[] {
  if (to === 'merchant') {
    if (noticeEmails.length) return distinct(noticeEmails);
    throw invalidField('to', 'NO_ADDRESS', 'The merchant has no e-mail address for notices');
  }
  const address = email.safeParse(consumerEmail);
  if (address.success) return [address.data];
  throw invalidField('to', 'NO_ADDRESS', 'No e-mail address of a consumer is known for this');
}

async function view(em: EntityManager, letter: StoredLetter, now: Date): Promise<LetterView> {
  const { id, merchantId, audience: to, subject, body, aboutType, aboutId, language, writtenBy, createdAt } = letter;
  const messages = (await messagesOfLetter(em, letter)).map((row) => listItem(row, now));
  return {
    ...{ id, merchantId, to, subject, body, language, writtenBy, messages },
    about: { type: aboutType, id: aboutId },
    createdAt: new Date(createdAt).toISOString(),
  };
}
