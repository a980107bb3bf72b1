import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { inTransaction, isInfrastructure } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import type { Settled, WaitingMail } from '../bounces/bounce-mailbox.ts';
import { readReport } from '../bounces/read-report.ts';
import type { DeliveryReport, ReportedRecipient } from '../domain/delivery-report.ts';
import { answerLine } from '../domain/verdict.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import {
  findSending,
  insertReport,
  markBounced,
  noteArrival,
  noteDelay,
  noteVisit,
  type Sending,
} from '../persistence/reports.ts';

type Deps = Pick<NotificationsDeps, 'service' | 'orm' | 'now' | 'wake' | 'log' | 'bounces'>;

/**
 * Takes over what mail servers reported about mails they had taken: one that failed for good becomes bounced, a delay
 * is noted. What is no report, or about no mail of ours to that recipient, is left where it is. The mailbox is asked
 * outside of any transaction; a crash before it hears what was done only offers the same reports again.
 * @returns how many mails were dealt with, reports or not; 0 also when the mailbox was away
 */
export async function readBounces(deps: Deps): Promise<number> {
  const { bounces } = deps;
  if (!bounces) return 0;
  const { result: mails, error } = await asked(() => bounces.waiting());
  const settled = new Map<number, Settled>();
  for (const mail of mails ?? []) settled.set(mail.uid, await dealWith(deps, mail));
  const visit = settled.size ? await asked(() => bounces.settle(settled)) : { error };
  await inTransaction(deps.orm, 'staff', (em) => noteVisit(em, visit.error));
  if (visit.error === null) return [...settled.values()].filter((verdict) => verdict !== 'later').length;
  deps.log.warn({ error: visit.error }, 'the mailbox for bounces cannot be read');
  return 0;
}

/** A mailbox that is away is told by the self-check and holds up nothing else: the process stays in order. */
async function asked<Result>(ask: () => Promise<Result>): Promise<{ result?: Result; error: string | null }> {
  return ask().then(
    (result) => ({ result, error: null }),
    (error: unknown) => ({ error: answerLine(error instanceof Error ? error.message : 'unknown') }),
  );
}

/** What the database does not take holds up nothing behind it; anybody can write into the mailbox. */
async function dealWith(deps: Deps, { uid, source }: WaitingMail): Promise<Settled> {
  const report = await readReport(source);
  if (!report) return 'left';
  try {
    return await takeOver(deps, report);
  } catch (error) {
    if (isInfrastructure(error)) throw error;
    deps.log.error({ uid, err: error }, 'a report in the mailbox for bounces cannot be taken over');
    return 'left';
  }
}

async function takeOver(deps: Deps, report: DeliveryReport): Promise<Settled> {
  return transact(deps, serviceActor(deps.service, 'delivery-report'), async (em, announce, audit) => {
    const sending = await findSending(em, [...report.returnedIds, ...report.answeredIds]);
    const recipient = sending && recipientOf(report, sending);
    if (!sending || !recipient) return 'left';
    // its own answer is still being written; who sends it decides first
    if (sending.isCurrent && (sending.state === 'queued' || sending.state === 'sending')) return 'later';
    const isNew = await insertReport(em, sending, { ...recipient, reportId: report.reportId }, deps.now());
    if (isNew && sending.isCurrent && (sending.state === 'sent' || sending.state === 'unconfirmed'))
      await apply(deps, em, announce, audit, sending, recipient);
    return 'done';
  });
}

/**
 * What is told about the recipient of our mail. Servers that deliver for others name where the address led to; then
 * the head of what came back has to show ours.
 */
function recipientOf(
  { recipients, returnedIds, returnedTo }: DeliveryReport,
  { recipient, messageIdHeader }: Sending,
): ReportedRecipient | undefined {
  const address = recipient.toLowerCase();
  const named = recipients.find(({ addresses }) => addresses.includes(address));
  if (named || recipients.length !== 1) return named;
  return returnedIds.includes(messageIdHeader) && returnedTo.includes(address) ? recipients[0] : undefined;
}

async function apply(
  deps: Deps,
  em: EntityManager,
  announce: Announce,
  audit: Audit,
  sending: Sending,
  { action, status, diagnostic }: ReportedRecipient,
): Promise<void> {
  const { id: messageId, merchantId, kind, documentId, revision, recipient, resends } = sending;
  const now = deps.now();
  if (action === 'delayed') return noteDelay(em, messageId, diagnostic || status || action, now);
  if (action !== 'failed') {
    await noteArrival(em, messageId, now);
    // that it was sent was announced when it was given up waiting
    if (sending.state === 'unconfirmed')
      audit({
        ...{ action: 'message.sent' as const, entity: 'message', entityId: messageId, merchantId },
        after: { response: diagnostic || status || action, status, by: 'report' },
      });
    return;
  }
  const response = diagnostic || status || 'The mail server reports that it could not deliver this mail';
  deps.log.warn({ messageId, kind, documentId, status, response }, 'mail came back');
  await markBounced(em, messageId, { status, response }, now);
  announce(messageDeliveredV1, {
    ...{ messageId, merchantId, kind, documentId, revision, recipient, resends },
    ...{ outcome: 'bounced' as const, at: now.toISOString() },
  });
  audit({
    ...{ action: 'message.bounced' as const, entity: 'message', entityId: messageId, merchantId },
    after: { response, status, by: 'report' },
  });
}
