import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../../shared/protocol/audit-actions.ts';
import type { ChargeState } from '../../../../shared/protocol/billing/pricing-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { findCharge, type TracedCharge } from '../../persistence/charge-views.ts';
import { creditsHeldWith, tellCreditsOfWaived } from '../../persistence/runs/carrier-credits.ts';
import { markOne } from '../../persistence/rerating.ts';
import { rerateMarked } from './rerate-charges.ts';

interface Change {
  from: readonly ChargeState[];
  to: ChargeState;
  action: AuditAction;
  reason: string | null;
  /** Whether what is released is not held a second time; so it is where nothing is said. */
  isExempt?: boolean;
}

type Reasoned = { id: string; reason: string };

export const holdCharge = (deps: BillingDeps, { id, reason }: Reasoned, actor: Actor): Promise<TracedCharge> =>
  change(deps, id, { from: ['accrued'], to: 'held', action: 'charge.held', reason }, actor);

export const waiveCharge = (deps: BillingDeps, { id, reason }: Reasoned, actor: Actor): Promise<TracedCharge> =>
  change(deps, id, { from: ['accrued', 'unrated', 'held'], to: 'waived', action: 'charge.waived', reason }, actor);

/**
 * A released charge is accrued again at the price valid on its service date now, as if it had never been held, and
 * is not held for its age a second time.
 */
export const releaseCharge = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<TracedCharge> =>
  change(deps, id, { from: ['held'], to: 'accrued', action: 'charge.released', reason: null }, actor);

/**
 * Takes a charge to another state. Its negative twin, or the charge it is the twin of, goes with it while both are
 * unbilled and in the same state: they only make sense together. A carrier's credit that is held with a surcharge is
 * released with it, and told of it when that one is waived.
 * @throws NotFound; RuleViolation when it stands on a line, or cannot go there
 */
async function change(deps: BillingDeps, id: string, step: Change, actor: Actor): Promise<TracedCharge> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const [charge, ...partner] = await lockPair(em, id);
    if (!charge) throw new NotFound('charge');
    if (charge.lineId !== null)
      throw new RuleViolation('CHARGE_ON_LINE', 'This charge stands on an invoice line', { lineId: charge.lineId });
    if (!step.from.includes(charge.state))
      throw new RuleViolation(
        'CHARGE_TRANSITION_NOT_ALLOWED',
        `A charge cannot go from ${charge.state} to ${step.to}`,
        {
          from: charge.state,
          to: step.to,
        },
      );
    const along = partner.filter(({ lineId, state }) => lineId === null && state === charge.state);
    for (const one of [charge, ...along]) await setState(em, audit, one, step);
    if (step.to === 'waived') await tellCreditsOfWaived(em, id);
    if (step.to === 'accrued') {
      const credits = await creditsHeldWith(em, id);
      // as a credit, which may have to wait for another surcharge
      for (const one of credits) await setState(em, audit, one, { ...step, isExempt: false });
      // what is credited must be what was billed: a pair of which one half is billed keeps its price
      const repriced = along.length === partner.length ? [charge, ...along, ...credits] : credits;
      for (const one of repriced.filter(({ isTwin }) => !isTwin)) await markOne(em, one.id, 'charge released');
      if (repriced.length) await rerateMarked(deps, em, audit);
    }
    return (await findCharge(em, id))!;
  });
}

interface Locked {
  id: string;
  merchantId: string;
  state: ChargeState;
  stateReason: string | null;
  lineId: string | null;
  isTwin: boolean;
}

/** The charge first, then its twin or original, if any. */
async function lockPair(em: EntityManager, id: string): Promise<Locked[]> {
  const suffix = reversalOf('');
  return rows<Locked>(
    em,
    sql`select p.id, p.merchant_id as "merchantId", p.state, p.state_reason as "stateReason", p.line_id as "lineId",
               p.source like ${`%${suffix}`} as "isTwin"
        from charge c join charge p on p.source_event = c.source_event and p.charge_type = c.charge_type and p.revision = c.revision
          and p.source in (c.source, c.source || ${suffix}::text, left(c.source, greatest(length(c.source) - ${suffix.length}::int, 0)))
        where c.id = ${id} and (p.id = c.id or p.source = c.source || ${suffix}::text or c.source = p.source || ${suffix}::text)
        order by (p.id = c.id) desc for update of p`,
  );
}

async function setState(
  em: EntityManager,
  audit: Audit,
  charge: Omit<Locked, 'lineId'>,
  { to, action, reason, isExempt = true }: Change,
): Promise<void> {
  await rows(
    em,
    sql`update charge set state = ${to}, state_reason = ${reason}, late_exempt = late_exempt or ${to === 'accrued' && isExempt},
          released_at = case when ${to === 'accrued'} then now() else released_at end where id = ${charge.id}`,
  );
  audit({
    action,
    entity: 'charge',
    entityId: charge.id,
    merchantId: charge.merchantId,
    before: { state: charge.state, reason: charge.stateReason },
    after: { state: to },
    ...(reason === null ? {} : { reason }),
  });
}
