import { setTimeout as sleep } from 'node:timers/promises';
import { localDateOf } from '../../../shared/kernel/dates.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction, isInfrastructure } from '../../../shared/persistence/transaction.ts';
import { backOffMs } from '../../../shared/persistence/work.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { mailFileName } from '../domain/mail-file-name.ts';
import { answerLine, BACK_OFF, judgeFailure, leastWaitMs, stateAfter, type Verdict } from '../domain/verdict.ts';
import { composeSource } from '../mail/compose.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { claimDue, prolongLease, recordVerdict, type ClaimedMessage } from '../persistence/sending.ts';

/** Each has a connection of its own. */
const AT_ONCE = 5;
/** Of one process; servers that take their time to answer hold up no others until so many wait for them. */
const MOST_OPEN = 25;
/** Longer than a mailer takes to hand over a content: after that only an answer to it is waited for. */
const PATIENCE_MS = 65_000;
/** Prolonged while a message is being sent, so that nobody takes it up meanwhile, and short when the process dies. */
const LEASE_MS = 120_000;
/** Shorter than the pause of a round: after an absence of the database what is known comes before taking mails up anew. */
const WRITE_AGAIN_MS = 500;
/** What is being sent when the process is told to end may take so long: whoever asked kills it after 30 s. */
const LAST_PATIENCE_MS = 5_000;

/**
 * Sends what is due, a handful at once. Nothing is sent inside a transaction: a message is claimed, sent, and what
 * became of it is written together with its announcement (reliability.md, T4), also when the database was away in
 * between. When the process dies between the server's answer and that, the message goes out once more with the same
 * Message-ID. A server that takes long to answer is waited for beside the rounds that follow.
 * @returns how many were tried
 */
export async function sendDue(
  deps: NotificationsDeps,
  { patienceMs = PATIENCE_MS, leaseMs = LEASE_MS } = {},
): Promise<number> {
  const most = Math.min(AT_ONCE, MOST_OPEN - deps.open.size);
  if (most <= 0) return 0;
  const claimed = await inTransaction(deps.orm, 'staff', (em) => claimDue(em, most, leaseMs));
  if (claimed.length) deps.reached?.('mail.claimed', deps.service);
  const failures: unknown[] = [];
  const sendings = claimed.map((message) => {
    const sending = send(deps, message, leaseMs)
      .catch((error: unknown) => {
        failures.push(error);
        deps.log.error({ messageId: message.id, err: error }, 'what became of a mail could not be written');
      })
      .finally(() => deps.open.delete(sending));
    deps.open.add(sending);
    return sending;
  });
  await withPatience(Promise.all(sendings), patienceMs);
  if (failures.length) throw failures[0];
  return claimed.length;
}

/**
 * Ends what is being sent, be it in a round or beside it. A mail whose server has not answered by then is noted as
 * `unanswered`, or each restart would send one more copy of it.
 */
export async function leaveMails(
  { open, leaving }: Pick<NotificationsDeps, 'open' | 'leaving'>,
  patienceMs = LAST_PATIENCE_MS,
): Promise<void> {
  await withPatience(Promise.all(open), patienceMs);
  leaving.abort(new Error('Kontor was stopped before the mail server had answered'));
  await Promise.all(open);
}

async function withPatience(work: Promise<unknown>, patienceMs: number): Promise<void> {
  const done = new AbortController();
  const enough = sleep(patienceMs, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, enough]);
  done.abort();
}

async function send(deps: NotificationsDeps, message: ClaimedMessage, leaseMs: number): Promise<void> {
  const verdict = await held(deps, message, leaseMs, () => attempt(deps, message));
  if (verdict.outcome === 'sent') deps.reached?.('mail.accepted', message.kind);
  const { id: messageId, kind, documentId, attempts } = message;
  const { outcome, response } = verdict;
  deps.log[outcome === 'sent' ? 'info' : 'warn']({ messageId, kind, documentId, attempts, outcome, response }, 'mail');
  await untilPossible(deps, message, () => write(deps, message, verdict));
}

/**
 * What a mail server said is known here only, and whoever does not know it sends the mail once more. So it is kept until
 * the database takes it, or the process ends. Nothing is written once another worker holds the message.
 */
async function untilPossible(
  deps: NotificationsDeps,
  { id }: ClaimedMessage,
  work: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const isLast = deps.leaving.signal.aborted;
    try {
      return await work();
    } catch (error) {
      if (isLast || !isInfrastructure(error)) throw error;
      if (tries === 1) deps.log.warn({ messageId: id, err: error }, 'what became of a mail waits for the database');
    }
    await sleep(WRITE_AGAIN_MS, undefined, { signal: deps.leaving.signal }).catch(() => undefined);
  }
}

async function write(deps: NotificationsDeps, message: ClaimedMessage, verdict: Verdict): Promise<void> {
  const actor = serviceActor(deps.service, `mail-${message.id}`);
  const { id: messageId, merchantId, kind, documentId, revision, recipient, attempts, resends } = message;
  const { outcome, response } = verdict;
  const state = stateAfter(outcome);
  await transact(deps, actor, async (em, announce, audit) => {
    const now = deps.now();
    const waitMs = Math.max(backOffMs(attempts, deps.random(), BACK_OFF), leastWaitMs(outcome));
    const recorded = await recordVerdict(em, message, verdict, waitMs, now);
    if (!recorded) return deps.log.warn({ messageId, outcome }, 'another worker has taken this mail up meanwhile');
    if (state === 'queued') return;
    announce(messageDeliveredV1, {
      ...{ messageId, merchantId, kind, documentId, revision, recipient, resends },
      outcome: state === 'sent' || state === 'unconfirmed' ? 'sent' : 'bounced',
      at: now.toISOString(),
    });
    audit({ action: `message.${state}`, entity: 'message', entityId: messageId, merchantId, after: { response } });
  });
}

/** Other workers leave a message alone as long as this one is at it. */
async function held<Result>(
  deps: NotificationsDeps,
  message: ClaimedMessage,
  leaseMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const prolong = () =>
    inTransaction(deps.orm, 'staff', (em) => prolongLease(em, message, leaseMs)).catch((error: unknown) =>
      deps.log.warn({ messageId: message.id, err: error }, 'the hold on a mail could not be prolonged'),
    );
  const timer = setInterval(() => void prolong(), leaseMs / 4);
  return work().finally(() => clearInterval(timer));
}

async function attempt(deps: NotificationsDeps, message: ClaimedMessage): Promise<Verdict> {
  try {
    const source = await composeSource(deps.store, message);
    const day = localDateOf(new Date(message.createdAt), deps.config.KONTOR_ZONE);
    const fileName = mailFileName(day, message.kind, message.recipient, message.messageIdHeader);
    const { recipient: to } = message;
    // not the one of the head, which is kept: what the server says of it is about the address of now
    const from = deps.sender.address;
    const answer = await deps.mailer.send({ from, to, source, fileName }, deps.leaving.signal);
    return { outcome: 'sent', response: answerLine(answer) };
  } catch (error) {
    return judgeFailure(error, message.tried);
  }
}
