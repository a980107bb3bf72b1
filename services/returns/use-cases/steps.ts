import { localDateOf } from '../../../shared/kernel/dates.ts';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { AuditEntry } from '../../../shared/messaging/audit.ts';
import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { violatedConstraint } from '../../../shared/persistence/transaction.ts';
import { assertVersion, isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { batchClosed } from '../domain/batch-states.ts';
import { hasBatchLimits } from '../domain/batch-limits.ts';
import { assertNotLocked, lockAt, renew } from '../domain/lock.ts';
import type { Moment, Return } from '../domain/model.ts';
import { keepQuarantineStart } from '../domain/quarantine.ts';
import { announceProgress } from '../facts.ts';
import { itemIdTaken, lockReturn, saveReturn, type Asked, type LoadedReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { returnView } from '../views.ts';
import { noteMovedGoods } from './note-moved-goods.ts';

/** What a change of one return works with. */
export interface Change extends LoadedReturn {
  em: EntityManager;
  announce: Announce;
  moment: Moment;
}

/** What came of it, and how the audit trail tells it. */
export interface Outcome {
  parcel: Return;
  action: AuditAction;
  reason?: string | undefined;
  /** What changed beyond state and match. */
  detail?: Record<string, unknown>;
  /** The same action on further items, each a row of the audit trail. */
  further?: readonly Pick<Outcome, 'reason' | 'detail'>[];
}

/**
 * One change of one return: lock, decide, save, announce, audit. An outcome that is the very return it began with
 * changed nothing and leaves no trace. Somebody else's lock (A9) refuses a change by people of the house; merchants
 * and the clock do not work at the packing table, and a repetition that changes nothing disturbs nobody.
 * @throws RuleViolation `RETURN_LOCKED`
 */
export function changeOne(
  deps: ReturnsDeps,
  actor: Actor,
  id: string,
  decide: (change: Change) => Outcome | Promise<Outcome>,
  asked: Asked = {},
): Promise<ReturnView> {
  return asRules(
    transact(deps, actor, async (em, announce, audit) => {
      const loaded = await lockReturn(em, id, asked);
      assertVersion(actor, loaded.parcel.version);
      const moment = momentOf(deps, actor);
      const decided = await decide({ ...loaded, em, announce, moment });
      const outcome = decided.parcel === loaded.parcel ? decided : inOwnHands(decided, loaded.parcel, actor, moment.at);
      const kept = await keep(em, announce, audit, loaded.parcel, outcome, deps.now(), hasBatchLimits(loaded.policy));
      return returnView({ ...kept, lock: lockAt(kept.lock, moment.at) }, loaded.photos, deps.photoLinks, actor);
    }),
  );
}

function inOwnHands(outcome: Outcome, before: Return, actor: Actor, at: Date): Outcome {
  if (!worksHere(actor)) return outcome;
  assertNotLocked(before, actor.id, at);
  return { ...outcome, parcel: renew(outcome.parcel, actor.id, at) };
}

/** People and keys of the house. */
export const worksHere = (actor: Actor): boolean => isStaff(actor) && ['user', 'apiKey'].includes(actor.kind);

/**
 * Saves an outcome, tells others and the audit trail.
 * @param limited  see {@link noteMovedGoods}
 */
export async function keep(
  em: EntityManager,
  announce: Announce,
  audit: Audit,
  before: Return,
  outcome: Outcome,
  at: Date,
  limited = true,
): Promise<Return> {
  if (outcome.parcel === before) return before;
  const after = await saveReturn(em, before, keepQuarantineStart(before, outcome.parcel), at);
  await noteMovedGoods(em, audit, before, after, { at, limited });
  announceProgress(announce, before, after);
  for (const one of [outcome, ...(outcome.further ?? [])]) audit(auditOf(before, after, { ...outcome, ...one }));
  return after;
}

function auditOf(before: Return, after: Return, { action, reason, detail }: Outcome): AuditEntry {
  const axes = ({ state, matchState, merchantId, orderId, revision }: Return) => ({
    state,
    matchState,
    merchantId,
    orderId,
    revision,
  });
  return {
    action,
    entity: 'return',
    entityId: after.id,
    merchantId: after.merchantId,
    before: axes(before),
    after: { ...axes(after), ...detail },
    ...(reason ? { reason } : {}),
  };
}

export function momentOf(deps: ReturnsDeps, actor: Actor): Moment {
  const at = deps.now();
  return { at, on: localDateOf(at, deps.config.KONTOR_ZONE), by: actor.id };
}

/** Rules that only the database can keep, because two people may act at the same moment. */
export async function asRules<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const rule = RULES[violatedConstraint(error) ?? ''];
    throw rule ? rule() : error;
  }
}

export const externalNumberTaken = (): RuleViolation =>
  new RuleViolation('EXTERNAL_NUMBER_TAKEN', 'The merchant has a return with this number in this channel');

const RULES: Record<string, () => RuleViolation> = {
  rtv_batch_frozen: batchClosed,
  return_external_number: externalNumberTaken,
  return_item_pkey: itemIdTaken,
};
