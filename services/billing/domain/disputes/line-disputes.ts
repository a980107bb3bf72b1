import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { LineDisputeState } from '../../../../shared/protocol/billing/disputes-views.ts';

/** As many messages as one thread holds; the database has the same limit. */
export const MOST_MESSAGES = 200;

/**
 * Whether a line may be disputed. A line that gives something back is not: what is wrong there is disputed at the line
 * that it reduces.
 * @param leftMinor  what corrections left of its net
 * @param netMinor   what of it is disputed, all of it when absent
 * @throws RuleViolation `INVOICE_CANCELLED`, `NOT_AN_INVOICE`, `NOTHING_LEFT_TO_DISPUTE`; InvalidInput for `netMinor`
 */
export function assertDisputable(
  { kind, state }: { kind: string; state: string },
  leftMinor: number,
  netMinor?: number,
): void {
  if (kind !== 'invoice') throw new RuleViolation('NOT_AN_INVOICE', 'A correction is not disputed', { kind });
  if (state === 'cancelled') throw new RuleViolation('INVOICE_CANCELLED', 'The invoice was cancelled');
  if (leftMinor <= 0) throw new RuleViolation('NOTHING_LEFT_TO_DISPUTE', 'Nothing is left of this line');
  if (netMinor !== undefined) assertLeft(leftMinor, netMinor);
}

/** @throws InvalidInput for `netMinor` */
export function assertLeft(leftMinor: number, netMinor: number): void {
  if (netMinor > leftMinor)
    throw invalidField('netMinor', 'MORE_THAN_IS_LEFT', `${Math.max(0, leftMinor)} of the line are left`);
}

/** @throws RuleViolation `LINE_DISPUTE_SETTLED` */
export function assertOpen({ state }: { state: LineDisputeState }): void {
  if (state !== 'open') throw new RuleViolation('LINE_DISPUTE_SETTLED', 'The dispute is settled', { state });
}

/** @throws RuleViolation `LINE_DISPUTE_FULL` */
export function assertRoom(messages: number): void {
  if (messages >= MOST_MESSAGES)
    throw new RuleViolation('LINE_DISPUTE_FULL', 'Too much was written here; settle the dispute', {
      most: MOST_MESSAGES,
    });
}
