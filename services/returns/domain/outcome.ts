import { invalidField } from '../../../shared/kernel/errors.ts';
import type { ConsumerOutcome, Return } from './model.ts';

export interface ReportedOutcome {
  outcome: ConsumerOutcome;
  amountMinor?: number | undefined;
  note?: string | undefined;
}

/** Who reported it; the person stands in the audit trail. */
export type Reporter = 'warehouse' | 'merchant' | 'shop';

const WITH_AMOUNT: readonly ConsumerOutcome[] = ['refund', 'credit', 'voucher'];

/**
 * What the consumer gets (C16). It is news and no step, so it is kept in any state; the latest counts.
 * @param prefix  of the path of the amount, should it be refused
 * @returns the very same return when nothing is new
 * @throws InvalidInput `AMOUNT_NOT_ALLOWED`
 */
export function withOutcome(parcel: Return, given: ReportedOutcome, by: Reporter, at: Date, prefix = ''): Return {
  const { outcome, amountMinor = null, note = null } = given;
  if (amountMinor !== null && !WITH_AMOUNT.includes(outcome))
    throw invalidField(`${prefix}amountMinor`, 'AMOUNT_NOT_ALLOWED', `There is no amount of ${outcome}`);
  const same = parcel.outcome === outcome && parcel.outcomeAmountMinor === amountMinor && parcel.outcomeNote === note;
  if (same) return parcel;
  return { ...parcel, outcome, outcomeAmountMinor: amountMinor, outcomeNote: note, outcomeBy: by, outcomeAt: at };
}
