import { localDateOf } from '../../../shared/kernel/dates.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { backOffMs } from '../../../shared/persistence/work.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { mailFileName } from '../domain/mail-file-name.ts';
import { answerLine, BACK_OFF, judgeFailure, type Verdict } from '../domain/verdict.ts';
import { composeSource } from '../mail/compose.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { claimDue, recordVerdict, type ClaimedMessage } from '../persistence/sending.ts';

/** One that drips holds up only its own; each has a connection of its own. */
const AT_ONCE = 5;
/** Twice the deadline of a mailer, so that nobody takes up what is still being sent. */
const LEASE_MS = 120_000;

/**
 * Sends what is due, a handful at once. Nothing is sent inside a transaction: a message is claimed, sent, and what
 * became of it is written together with its announcement (reliability.md, T4). When the process dies between the
 * server's answer and that, the message goes out once more with the same Message-ID.
 * @returns how many were tried
 */
export async function sendDue(deps: NotificationsDeps): Promise<number> {
  const claimed = await inTransaction(deps.orm, 'staff', (em) => claimDue(em, AT_ONCE, LEASE_MS));
  if (claimed.length) deps.reached?.('mail.claimed', deps.service);
  const done = await Promise.allSettled(claimed.map((message) => send(deps, message)));
  for (const result of done) if (result.status === 'rejected') throw result.reason;
  return claimed.length;
}

async function send(deps: NotificationsDeps, message: ClaimedMessage): Promise<void> {
  const verdict = await attempt(deps, message);
  if (verdict.outcome === 'sent') deps.reached?.('mail.accepted', message.kind);
  const actor = serviceActor(deps.service, `mail-${message.id}`);
  const { id: messageId, merchantId, kind, documentId, recipient, attempts, resends } = message;
  const { outcome, response } = verdict;
  deps.log[outcome === 'sent' ? 'info' : 'warn']({ messageId, kind, documentId, attempts, outcome, response }, 'mail');
  await transact(deps, actor, async (em, announce, audit) => {
    const now = deps.now();
    const waitMs = backOffMs(attempts, deps.random(), BACK_OFF);
    const recorded = await recordVerdict(em, message, verdict, waitMs, now);
    if (!recorded) return deps.log.warn({ messageId, outcome }, 'another worker has taken this mail up meanwhile');
    if (outcome === 'deferred') return;
    announce(messageDeliveredV1, {
      ...{ messageId, merchantId, kind, documentId, recipient, resends },
      outcome: outcome === 'sent' ? 'sent' : 'bounced',
      at: now.toISOString(),
    });
    audit({ action: `message.${outcome}`, entity: 'message', entityId: messageId, merchantId, after: { response } });
  });
}

async function attempt(deps: NotificationsDeps, message: ClaimedMessage): Promise<Verdict> {
  try {
    const source = await composeSource(deps.store, message);
    const day = localDateOf(new Date(message.createdAt), deps.config.KONTOR_ZONE);
    const fileName = mailFileName(day, message.kind, message.recipient, message.messageIdHeader);
    const { senderAddress: from, recipient: to } = message;
    return { outcome: 'sent', response: answerLine(await deps.mailer.send({ from, to, source, fileName })) };
  } catch (error) {
    return judgeFailure(error, message.triedForMs);
  }
}
