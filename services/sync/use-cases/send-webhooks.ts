import { backOffMs } from '../../../shared/persistence/work.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { noteHealth } from '../persistence/connections.ts';
import { writeLog } from '../persistence/log.ts';
import { claimDue, recordAttempt, type AttemptResult, type DueMessage } from '../persistence/outgoing.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { messageBody } from '../webhooks/message.ts';
import { post, type PostOutcome } from '../webhooks/post.ts';
import { signedHeaders } from '../webhooks/signature.ts';
import { unseal } from '../webhooks/vault.ts';

/** With waits of 1, 2, 4 … 60 minutes the last attempt is made after about a day. */
export const MOST_ATTEMPTS = 27;
const PER_CONNECTION = 8;
const AT_ONCE_PER_CONNECTION = 4;
const ALTOGETHER = 64;

/**
 * Sends what is due. Sending is an effect outside, so it is done under a lease that outlives the deadline: a message
 * may arrive twice after a crash, with the same id, and never gets lost.
 * @returns how many messages were tried
 */
export async function sendWebhooks(deps: SyncDeps): Promise<number> {
  const waves = Math.ceil(PER_CONNECTION / AT_ONCE_PER_CONNECTION);
  const leaseMs = deps.webhookDeadlineMs * waves + 30_000;
  const limits = { perConnection: PER_CONNECTION, altogether: ALTOGETHER, leaseMs };
  const due = await inTransaction(deps.orm, 'staff', (em) => claimDue(em, limits));
  const byConnection = Map.groupBy(due, ({ connectionId }) => connectionId);
  await Promise.all([...byConnection.values()].map((messages) => sendAll(deps, messages)));
  return due.length;
}

async function sendAll(deps: SyncDeps, messages: DueMessage[]): Promise<void> {
  const waiting = [...messages];
  const sender = async (): Promise<void> => {
    for (let message = waiting.shift(); message; message = waiting.shift()) await sendOne(deps, message);
  };
  await Promise.all(Array.from({ length: AT_ONCE_PER_CONNECTION }, sender));
}

async function sendOne(deps: SyncDeps, message: DueMessage): Promise<void> {
  const body = messageBody({
    id: message.eventId,
    type: message.type,
    merchantId: message.eventMerchantId,
    occurredAt: new Date(message.occurredAt),
    payload: message.payload,
  });
  const secret = secretOf(deps, message);
  if (secret === null) return record(deps, message, { status: null, error: 'the secret was sealed with another key' });
  // receivers compare the time with the real one, so this is no business time
  const headers = signedHeaders(secret, message.eventId, new Date(), body);
  const outcome = await post(message.url, headers, body, {
    resolve: deps.resolve,
    rules: { allowPrivate: deps.config.WEBHOOK_ALLOW_PRIVATE === 'true' },
    deadlineMs: deps.webhookDeadlineMs,
  });
  await record(deps, message, outcome);
}

/** `null` when the key of the installation is another one than the secret was sealed with. */
function secretOf(deps: SyncDeps, { connectionId, sealedSecret }: DueMessage): string | null {
  try {
    return unseal(deps.keys.vault, connectionId, sealedSecret);
  } catch {
    return null;
  }
}

async function record(deps: SyncDeps, message: DueMessage, outcome: PostOutcome): Promise<void> {
  const now = deps.now();
  const result = resultOf(deps, message, outcome);
  await inTransaction(deps.orm, 'staff', async (em) => {
    if (!(await recordAttempt(em, message, result, now))) return;
    await noteHealth(em, message.connectionId, outcome.error, now);
    const { merchantId, connectionId, eventId: reference, type: subject } = message;
    const detail = `attempt ${message.attempts}: ${outcome.error ?? `answered ${outcome.status}`}`;
    const state = result.state === 'pending' ? 'retrying' : result.state;
    await writeLog(
      em,
      { kind: 'webhook', direction: 'out', merchantId, connectionId, reference, subject, outcome: state, detail },
      now,
    );
  });
}

function resultOf(deps: SyncDeps, { attempts }: DueMessage, { status, error }: PostOutcome): AttemptResult {
  if (error === null) return { state: 'sent', status, error, waitMs: 0 };
  const waitMs = backOffMs(attempts, deps.random(), { firstMs: 60_000, maxMs: 3_600_000 });
  return { state: attempts >= MOST_ATTEMPTS ? 'failed' : 'pending', status, error, waitMs };
}
