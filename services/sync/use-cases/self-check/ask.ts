import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import { ALL_INVARIANTS } from '../../../../shared/protocol/self-check/index.ts';
import type { InvariantView, SelfCheckView } from '../../../../shared/protocol/sync/self-check-actions.ts';
import { selfCheckTimes, storedOutcomes, wantSelfCheck, type StoredOutcome } from '../../persistence/self-check.ts';
import type { SyncDeps } from '../../sync.deps.ts';
import { assertStaff } from '../staff-only.ts';

/** What the last check found. @throws AppError 403 */
export async function getSelfCheck(deps: SyncDeps, actor: Actor): Promise<SelfCheckView> {
  assertStaff(actor);
  return read(deps, actor, view);
}

/** Asks for a check at once; the worker does it. @throws AppError 403 */
export async function startSelfCheck(deps: SyncDeps, actor: Actor): Promise<SelfCheckView> {
  assertStaff(actor);
  const answer = await transact(deps, actor, async (em, _announce, audit) => {
    await wantSelfCheck(em);
    audit({ action: 'self-check.requested', entity: 'self-check', entityId: 'all', merchantId: null });
    return view(em);
  });
  deps.wakers.get('self-check')?.();
  return answer;
}

async function view(em: EntityManager): Promise<SelfCheckView> {
  const { startedAt, finishedAt, running } = await selfCheckTimes(em);
  const outcomes = new Map((await storedOutcomes(em)).map((outcome) => [outcome.invariant, outcome]));
  const invariants = ALL_INVARIANTS.map(({ by, ...invariant }) => ({
    ...invariant,
    by: by ?? null,
    ...(by === undefined ? shown(outcomes.get(invariant.id)) : IMPOSSIBLE),
  }));
  const having = (state: InvariantView['state']) => invariants.filter((invariant) => invariant.state === state).length;
  const [violated, unknown] = [having('violated'), having('unknown')];
  return {
    state: violated ? 'violated' : unknown ? 'unknown' : 'kept',
    running,
    startedAt: instant(startedAt),
    finishedAt: instant(finishedAt),
    violated,
    unknown,
    invariants,
  };
}

type Found = Pick<InvariantView, 'state' | 'count' | 'examples' | 'error' | 'checkedAt' | 'violatedSince' | 'tookMs'>;

const NOTHING = { count: null, examples: [], error: null, checkedAt: null, violatedSince: null, tookMs: null };
const IMPOSSIBLE: Found = { state: 'impossible', ...NOTHING };

function shown(outcome: StoredOutcome | undefined): Found {
  if (!outcome) return { state: 'unknown', ...NOTHING };
  const { count, examples, error, checkedAt, violatedSince, tookMs } = outcome;
  return {
    state: error !== null ? 'unknown' : count > 0 ? 'violated' : 'kept',
    ...{ count, examples, error, tookMs },
    checkedAt: instant(checkedAt),
    violatedSince: instant(violatedSince),
  };
}

const instant = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString());
