import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Return, ReturnState } from './model.ts';

/**
 * The way of a return (domain.md, States). `awaiting_decision` only where a rule asks the merchant. The ways back to
 * `inspecting` are a reopened inspection (B13) or a further parcel (A6). What was called off, expired or was lost may
 * come after all.
 */
export const RETURN_TRANSITIONS: Record<ReturnState, readonly ReturnState[]> = {
  announced: ['in_transit', 'received', 'cancelled', 'expired', 'lost'],
  in_transit: ['received', 'cancelled', 'lost'],
  received: ['inspecting'],
  inspecting: ['inspected'],
  inspected: ['awaiting_decision', 'processing', 'inspecting'],
  awaiting_decision: ['processing', 'inspecting'],
  processing: ['completed', 'inspecting'],
  completed: ['inspecting'],
  cancelled: ['received'],
  expired: ['in_transit', 'received', 'lost'],
  lost: ['received'],
};

/**
 * The return in another state.
 * @throws RuleViolation `RETURN_TRANSITION_NOT_ALLOWED`
 */
export function advance(parcel: Return, to: ReturnState): Return {
  if (!RETURN_TRANSITIONS[parcel.state].includes(to))
    throw new RuleViolation('RETURN_TRANSITION_NOT_ALLOWED', `A return cannot go from ${parcel.state} to ${to}`, {
      from: parcel.state,
      to,
    });
  return { ...parcel, state: to };
}

/**
 * Refuses an action outside of the states it makes sense in.
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`
 */
export function assertReturnIs(parcel: Return, allowed: readonly ReturnState[], action: string): void {
  if (!allowed.includes(parcel.state))
    throw new RuleViolation('RETURN_STATE_NOT_ALLOWED', `A return that is ${parcel.state} cannot be ${action}`, {
      state: parcel.state,
      allowed,
    });
}

/** The goods are here and their inspection has not ended. */
export const UNDER_INSPECTION = ['received', 'inspecting'] as const satisfies readonly ReturnState[];
export const BEFORE_ARRIVAL = ['announced', 'in_transit'] as const satisfies readonly ReturnState[];
/** Nobody waits for it. */
export const GONE = ['cancelled', 'expired', 'lost'] as const satisfies readonly ReturnState[];
