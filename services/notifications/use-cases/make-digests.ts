import { lastDigestDay } from '../domain/digest-day.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { dueDigests, lockDigests, takeDigest, type DigestEntry, type DueDigest } from '../persistence/digests.ts';
import { knownMerchants } from '../persistence/merchants.ts';
import { insertMessages } from '../persistence/messages.ts';
import { textsInForce, textsOf } from '../persistence/template-texts.ts';
import { digest } from '../templates/digest/template.ts';
import type { DigestFacts } from '../templates/digest/view.ts';
import { TEMPLATES } from '../templates/index.ts';
import { addressed, deskOf } from './address.ts';
import { oneByOne } from './one-by-one.ts';

type Deps = Pick<
  NotificationsDeps,
  'service' | 'orm' | 'now' | 'wake' | 'log' | 'sender' | 'keys' | 'publicUrl' | 'config'
>;

const AT_ONCE = 50;

/**
 * Makes the digests that are due, oldest first: one mail per merchant, address and day, also after a time without us.
 * What a digest tells is taken and its mails are queued in one transaction, so an entry is told once and never lost.
 * One that cannot be made holds up no others.
 * @returns how many were made
 */
export async function makeDigests(deps: Deps): Promise<number> {
  const lastDay = lastDigestDay(deps.now(), deps.config.KONTOR_ZONE);
  const due = await inTransaction(deps.orm, 'staff', (em) => dueDigests(em, lastDay, AT_ONCE), { readOnly: true });
  const made = await oneByOne(due, (one) => makeDigest(deps, one));
  return made.filter(Boolean).length;
}

async function makeDigest(deps: Deps, { merchantId, day }: DueDigest): Promise<boolean> {
  const id = uuidOf('digest', merchantId, day);
  return transact(deps, serviceActor(deps.service, `digest-${id}`), async (em, _announce, audit) => {
    await lockDigests(em, [merchantId]);
    const entries = await takeDigest(em, { id, merchantId, day }, deps.now());
    if (!entries.length) return false;
    // an entry is kept for merchants that are known only
    const merchant = (await knownMerchants(em, [merchantId])).get(merchantId)!;
    const texts = textsInForce(await textsOf(em, [merchantId]), { ...merchant, kind: 'digest' });
    const letter = digest.write(factsOf(day, entries), merchant, deskOf(deps, texts));
    const about = { kind: 'digest', documentId: id, revision: 0, audience: 'notice' } as const;
    const messages = addressed(deps, audit, about, letter, merchant);
    if (messages.length) await insertMessages(em, messages, deps.now());
    deps.log.info({ merchantId, day, entries: entries.length }, 'digest');
    return true;
  });
}

/** What a digest says of its entries; of a return that was inspected again only the last finding. */
function factsOf(day: string, entries: readonly DigestEntry[]): DigestFacts {
  const last = new Map<string, DigestEntry>();
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.documentId}`;
    if (entry.revision >= (last.get(key)?.revision ?? 0)) last.set(key, entry);
  }
  const of = <Fact>(kind: string): Fact[] => {
    const { payload } = TEMPLATES.find((template) => template.kind === kind)!.event;
    return [...last.values()]
      .filter((entry) => entry.kind === kind)
      .map((entry) => payload.parse(entry.payload) as Fact);
  };
  return {
    day,
    ...{ inspected: of('returnInspected'), received: of('returnReceived') },
    ...{ batches: of('batchDispatched'), shipped: of('orderShipped') },
  };
}
