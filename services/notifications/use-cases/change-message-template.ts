import { InvalidInput } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type {
  MessageTemplateView,
  templateActions,
  TemplateTexts,
} from '../../../shared/protocol/notifications/template-actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { findTexts, lockChoice, saveTexts, textsOf } from '../persistence/template-texts.ts';
import { letterOf } from '../templates/index.ts';
import { faultsOf } from '../templates/own-texts.ts';
import { arrivedMerchant } from './arrived-merchant.ts';
import { templateView, type TemplateKey } from './template-view.ts';

type Deps = Pick<NotificationsDeps, 'service' | 'orm' | 'now' | 'wake' | 'config' | 'call'>;

/**
 * Sets the texts of a kind of mail for the house or one merchant. Mails in the queue are rendered already and stay.
 * @throws InvalidInput  a text with a placeholder that nothing stands for, and the like; AppError 412
 */
export async function changeMessageTemplate(
  deps: Deps,
  { kind, language, merchantId, texts }: InputOf<typeof templateActions.changeMessageTemplate>,
  actor: Actor,
): Promise<MessageTemplateView> {
  assertHouse(actor);
  const faults = faultsOf(letterOf(kind), language, deps.config.KONTOR_ZONE, texts);
  if (faults.length) throw new InvalidInput(faults);
  return setTexts(deps, { kind, language, merchantId: merchantId ?? null }, texts, actor);
}

/** Takes all own texts of a kind of mail back. */
export async function resetMessageTemplate(
  deps: Deps,
  { kind, language, merchantId }: InputOf<typeof templateActions.resetMessageTemplate>,
  actor: Actor,
): Promise<MessageTemplateView> {
  assertHouse(actor);
  return setTexts(deps, { kind, language, merchantId: merchantId ?? null }, {}, actor);
}

async function setTexts(
  deps: Deps,
  key: TemplateKey,
  texts: TemplateTexts,
  actor: Actor,
): Promise<MessageTemplateView> {
  const { kind, language, merchantId } = key;
  if (merchantId !== null) await arrivedMerchant(deps, merchantId, actor.requestId);
  return transact(deps, actor, async (em, _announce, audit) => {
    await lockChoice(em, 'texts', merchantId, kind, language);
    const before = await findTexts(em, key);
    assertVersion(actor, before?.version ?? 0);
    if (JSON.stringify(before?.texts ?? {}) !== JSON.stringify(texts)) {
      const { version } = await saveTexts(em, key, texts, deps.now());
      audit({
        ...{
          action: 'message-template.changed',
          entity: 'messageTemplate',
          entityId: `${kind}/${language}`,
          merchantId,
        },
        before: before?.texts ?? {},
        after: { ...texts, version },
      });
    }
    const all = await textsOf(em, merchantId === null ? [] : [merchantId]);
    return templateView(key, all, deps.config.KONTOR_ZONE);
  });
}
