import { randomUUID } from 'node:crypto';
import { cut } from '../../../../shared/kernel/cut.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import { ALL_INVARIANTS, type CheckedService } from '../../../../shared/protocol/self-check/index.ts';
import { checkInvariantAction, type Violations } from '../../../../shared/protocol/self-check/invariant.ts';
import {
  claimSelfCheck,
  giveUpLease,
  renewLease,
  selfCheckTimes,
  storedOutcomes,
  storeOutcomes,
  type Outcome,
} from '../../persistence/self-check.ts';
import type { SyncDeps } from '../../sync.deps.ts';

/**
 * One round of the worker: checks the data when it is time or somebody asked for it, and shows as metrics what was
 * found last, by whichever process. Each service looks at its own tables, one invariant at a time, so that a check
 * never takes more than one connection from the work.
 * @returns 0: the next round comes after the pause
 */
export async function selfCheckRound(deps: SyncDeps, beat: () => void = () => undefined): Promise<number> {
  const lease = randomUUID();
  if (await inTransaction(deps.orm, 'staff', (em) => claimSelfCheck(em, lease))) await check(deps, lease, beat);
  await showMetrics(deps);
  return 0;
}

async function check(deps: SyncDeps, lease: string, beat: () => void): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const { id, service, by } of ALL_INVARIANTS) {
    if (by !== undefined) continue;
    if (deps.stopping()) return inTransaction(deps.orm, 'staff', (em) => giveUpLease(em, lease));
    const begun = performance.now();
    const found = await ask(deps, service, id, lease);
    outcomes.push({ invariant: id, tookMs: Math.round(performance.now() - begun), found });
    beat();
    if (!(await inTransaction(deps.orm, 'staff', (em) => renewLease(em, lease)))) return;
  }
  await inTransaction(deps.orm, 'staff', (em) => storeOutcomes(em, lease, outcomes));
  const violated = outcomes.filter(({ found }) => 'count' in found && found.count > 0);
  if (violated.length)
    deps.log.error({ violated: violated.map(({ invariant }) => invariant) }, 'self-check found rows');
}

async function ask(
  deps: SyncDeps,
  service: CheckedService,
  id: string,
  lease: string,
): Promise<Violations | { error: string }> {
  try {
    return await deps.call(checkInvariantAction(service), { id }, serviceActor('sync', `self-check-${lease}`));
  } catch (error) {
    deps.log.warn({ err: error, invariant: id }, 'an invariant could not be looked at');
    const { type, message } = error as { type?: unknown; message?: unknown };
    return { error: cut(String(type ?? message ?? 'no answer'), 300) };
  }
}

async function showMetrics({ orm, metrics }: SyncDeps): Promise<void> {
  const [{ finishedAt }, outcomes] = await inTransaction(
    orm,
    'staff',
    async (em) => [await selfCheckTimes(em), await storedOutcomes(em)] as const,
    { readOnly: true },
  );
  metrics.selfCheckRows.reset();
  for (const { invariant, error, count } of outcomes)
    if (error === null) metrics.selfCheckRows.set({ invariant }, count);
  metrics.selfCheckUnknown.set(outcomes.filter(({ error }) => error !== null).length);
  if (finishedAt) metrics.selfCheckAgeSeconds.set(Math.max(0, (Date.now() - new Date(finishedAt).getTime()) / 1_000));
}
