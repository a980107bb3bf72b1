import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { returnsActions, type importOutcome } from '../../../shared/protocol/returns/actions.ts';
import type { SyncDeps } from '../sync.deps.ts';
import type { OrderBody, ReturnBody } from './documents.ts';

export type Outcome = z.output<typeof importOutcome>;

const TIMEOUT_MS = 60_000;
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];
/** Worth another try at once: the owner is away for a moment, or still busy with the call of a process that died. */
const PASSING = new Set(['SERVICE_NOT_FOUND', 'SERVICE_NOT_AVAILABLE', 'REQUEST_TIMEOUT', 'IDEMPOTENCY_KEY_IN_USE']);

/**
 * Hands a batch over. Its key is made of the import and the content: after a crash the same batch gets the answer of
 * the first time, so the counts of an import are exact however often it begins anew.
 */
export async function deliverOrders(
  deps: SyncDeps,
  importId: string,
  orders: OrderBody[],
  dryRun: boolean,
): Promise<Outcome> {
  const actor = serviceActor(deps.service, `import-${importId}`);
  return patiently(() =>
    deps.call(ordersActions.importOrders, { orders, dryRun }, actor, options(importId, orders, dryRun)),
  );
}

/** Like {@link deliverOrders}. */
export async function deliverReturns(
  deps: SyncDeps,
  importId: string,
  returns: ReturnBody[],
  dryRun: boolean,
): Promise<Outcome> {
  const actor = serviceActor(deps.service, `import-${importId}`);
  return patiently(() =>
    deps.call(returnsActions.importAnnouncedReturns, { returns, dryRun }, actor, options(importId, returns, dryRun)),
  );
}

function options(importId: string, documents: unknown[], dryRun: boolean) {
  const requestHash = createHash('sha256').update(JSON.stringify(documents)).digest('hex');
  return {
    timeoutMs: TIMEOUT_MS,
    ...(dryRun ? {} : { idempotency: { key: `import:${importId}:${requestHash}`, requestHash } }),
  };
}

async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      const { type, code } = error as { type?: unknown; code?: unknown };
      if (!PASSING.has(String(type)) && code !== 503) throw error;
      await sleep(pauseMs);
    }
  }
  return work();
}
