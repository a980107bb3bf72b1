import type { z } from 'zod';
import { InvalidInput, NotFound, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import type { disputeOutcome, disputeReason } from '../../../shared/protocol/returns/batch-views.ts';

/** Pieces of a batch that the merchant misses, or got damaged or wrong. */
export interface Dispute {
  id: string;
  itemId: string;
  quantity: number;
  reason: z.output<typeof disputeReason>;
  note: string;
  openedAt: Date;
  outcome: z.output<typeof disputeOutcome> | null;
  resolutionNote: string | null;
  resolvedAt: Date | null;
}

export type Complaint = Pick<Dispute, 'itemId' | 'quantity' | 'reason' | 'note'>;
export type Resolution = { disputeId: string; outcome: NonNullable<Dispute['outcome']>; note: string };

/**
 * New disputes about a batch. Of an item at most its pieces can be disputed, each reason once.
 * @param items  what lies in the batch
 * @throws NotFound for an item that is not in the batch
 * @throws InvalidInput `TOO_MANY`, `DISPUTED_ALREADY` at `items.<index>`
 */
export function openDisputes(
  complaints: readonly Complaint[],
  items: readonly { itemId: string; quantity: number }[],
  earlier: readonly Dispute[],
  made: { at: Date; newId: () => string },
): Dispute[] {
  const opened: Dispute[] = [];
  const errors = complaints.flatMap((complaint, index): FieldError[] => {
    const item = items.find(({ itemId }) => itemId === complaint.itemId);
    if (!item) throw new NotFound('item');
    const known = [...earlier, ...opened].filter(({ itemId }) => itemId === complaint.itemId);
    opened.push({ ...unresolved, ...complaint, id: made.newId(), openedAt: made.at });
    if (known.some(({ reason }) => reason === complaint.reason))
      return [{ path: `items.${index}.reason`, code: 'DISPUTED_ALREADY', message: 'This was said before' }];
    const pieces = known.reduce((sum, { quantity }) => sum + quantity, complaint.quantity);
    if (pieces > item.quantity)
      return [{ path: `items.${index}.quantity`, code: 'TOO_MANY', message: `The item has ${item.quantity}` }];
    return [];
  });
  if (errors.length) throw new InvalidInput(errors);
  return opened;
}

const unresolved = { outcome: null, resolutionNote: null, resolvedAt: null } as const;

/**
 * The disputes that a decision settles.
 * @throws NotFound for a dispute of another batch
 * @throws RuleViolation `DISPUTE_RESOLVED`
 * @throws InvalidInput `RESOLVED_TWICE`
 */
export function resolveDisputes(resolutions: readonly Resolution[], disputes: readonly Dispute[], at: Date): Dispute[] {
  return resolutions.map(({ disputeId, outcome, note }, index) => {
    const dispute = disputes.find(({ id }) => id === disputeId);
    if (!dispute) throw new NotFound('dispute');
    if (dispute.outcome !== null)
      throw new RuleViolation('DISPUTE_RESOLVED', 'This was settled before', { disputeId, outcome: dispute.outcome });
    if (resolutions.findIndex((other) => other.disputeId === disputeId) !== index)
      throw new InvalidInput([
        { path: `resolutions.${index}.disputeId`, code: 'RESOLVED_TWICE', message: 'Settle each once' },
      ]);
    return { ...dispute, outcome, resolutionNote: note, resolvedAt: at };
  });
}
