import type { ConsumerTx } from '../../../shared/messaging/consumer.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';
import { isInvoiceKind } from '../../../shared/protocol/notifications/events.ts';
import { nextDigestDay } from '../domain/digest-day.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { collect, collected, lockDigests } from '../persistence/digests.ts';
import { holdEvents, lockArrivals } from '../persistence/held-events.ts';
import { keepInvoiceLinks } from '../persistence/invoice-links.ts';
import { knownMerchants, type KnownMerchant } from '../persistence/merchants.ts';
import { insertMessages } from '../persistence/messages.ts';
import { modesInForce } from '../persistence/settings.ts';
import { textsInForce, textsOf, type OwnTexts } from '../persistence/template-texts.ts';
import type { MailTemplate } from '../templates/template.ts';
import { addressed, deskOf } from './address.ts';
import { planReminder } from './plan-reminder.ts';
import { stillAsked } from './still-asked.ts';

export type TellDeps = Pick<NotificationsDeps, 'now' | 'log' | 'sender' | 'keys' | 'publicUrl' | 'config'>;

/** An event with the merchant it is told. */
interface Told {
  event: Envelope;
  merchant: KnownMerchant;
}

/**
 * Tells merchants of events, each as it was chosen for it: by a mail at once, rendered here and frozen, in the next
 * digest, or not at all. An event whose merchant is not known here yet is held until the merchant arrives; a merchant
 * without addresses is a finding.
 */
export async function tell(deps: TellDeps, template: MailTemplate, tx: ConsumerTx, news: Envelope[]): Promise<void> {
  const events = template.kind === 'jobApprovalAsked' ? await stillAsked(tx.em, news) : news;
  if (!events.length) return;
  const ids = [...new Set(events.map(({ merchantId }) => merchantId!))];
  const modes = await modesInForce(tx.em, template.kind, ids);
  const wanted = events.filter(({ merchantId }) => modes.get(merchantId!) !== 'off');
  if (!wanted.length) return;
  const merchants = await merchantsOf(deps, tx, wanted);
  const known = wanted.flatMap((event): Told[] => {
    const merchant = merchants.get(event.merchantId!);
    return merchant ? [{ event, merchant }] : [];
  });
  const by = (mode: string) => known.filter(({ merchant }) => modes.get(merchant.merchantId) === mode);
  await keepForDigest(deps, template, tx, by('daily'));
  await write(deps, template, tx, by('each'));
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

async function write(deps: TellDeps, template: MailTemplate, tx: ConsumerTx, all: Told[]): Promise<void> {
  if (!all.length) return;
  const { em, audit } = tx;
  const own = await textsOf(em, [...new Set(all.map(({ merchant }) => merchant.merchantId))]);
  const messages = (await notCollected(template, tx, all)).flatMap(({ event, merchant }) => {
    const about = { kind: template.kind, audience: template.audience, ...template.about(event.payload) };
    const payload = template.upToDate ? template.upToDate(event.payload, deps.now()) : event.payload;
    if (payload === null) {
      const { merchantId } = merchant;
      deps.log.warn({ merchantId, ...about }, 'too late to tell');
      audit({ action: 'message.overtaken', entity: template.kind, entityId: about.documentId, merchantId });
      return [];
    }
    const letter = template.write(payload, merchant, deskOf(deps, ownTexts(own, template, merchant)));
    return addressed(deps, audit, about, letter, merchant);
  });
  if (messages.length) await insertMessages(em, messages, deps.now());
  if (isInvoiceKind(template.kind)) await keepInvoiceLinks(em, all, deps.now());
  if (template.kind === 'decisionRequested')
    await planReminder(
      deps,
      em,
      all.map(({ event }) => event),
    );
}

const ownTexts = (own: readonly OwnTexts[], { kind }: MailTemplate, { merchantId, language }: KnownMerchant) =>
  textsInForce(own, { merchantId, kind, language });

/** Without what a digest tells: the same fact may be announced again after the merchant chose single mails. */
async function notCollected(template: MailTemplate, { em }: ConsumerTx, all: Told[]): Promise<Told[]> {
  const abouts = all.map(({ event }) => template.about(event.payload));
  const told = await collected(
    em,
    template.kind,
    abouts.map(({ documentId }) => documentId),
  );
  if (!told.size) return all;
  return all.filter((_told, index) => !told.has(`${abouts[index]!.documentId} ${abouts[index]!.revision}`));
}

async function keepForDigest(deps: TellDeps, template: MailTemplate, { em }: ConsumerTx, all: Told[]): Promise<void> {
  if (!all.length) return;
  await lockDigests(
    em,
    all.map(({ merchant }) => merchant.merchantId),
  );
  const entries = all.map(({ event, merchant: { merchantId } }) => ({
    ...{ eventId: event.id, merchantId, kind: template.kind, ...template.about(event.payload) },
    occurredAt: event.occurredAt.toISOString(),
    payload: event.payload,
  }));
  const now = deps.now();
  await collect(em, entries, nextDigestDay(now, deps.config.KONTOR_ZONE), now);
}
