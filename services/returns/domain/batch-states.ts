import type { z } from 'zod';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { batchClosedBy, batchState } from '../../../shared/protocol/returns/batch-views.ts';

export type BatchState = z.output<typeof batchState>;
export type BatchClosedBy = z.output<typeof batchClosedBy>;

/** The way of a batch back to its merchant (domain.md, States). */
export const BATCH_TRANSITIONS: Record<BatchState, readonly BatchState[]> = {
  open: ['closing', 'cancelled'],
  closing: ['packed'],
  packed: ['dispatched'],
  dispatched: ['delivered'],
  delivered: ['confirmed', 'disputed'],
  confirmed: [],
  disputed: ['resolved'],
  resolved: [],
  cancelled: [],
};

/**
 * The last state of a path whose every step is allowed.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`
 */
export function advanceBatch(from: BatchState, ...path: BatchState[]): BatchState {
  return path.reduce((at, to) => {
    if (!BATCH_TRANSITIONS[at].includes(to))
      throw new RuleViolation('RTV_BATCH_TRANSITION_NOT_ALLOWED', `A batch cannot go from ${at} to ${to}`, {
        from: at,
        to,
      });
    return to;
  }, from);
}

/** @throws RuleViolation `RTV_BATCH_CLOSED`: closing froze what lies in it */
export function assertOpen(state: BatchState): void {
  if (state !== 'open') throw batchClosed();
}

export const batchClosed = (): RuleViolation =>
  new RuleViolation('RTV_BATCH_CLOSED', 'The contents of a closed batch do not change any more');
