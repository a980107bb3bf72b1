import type { DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';

/**
 * As the product brings it. The letters cost nothing at first: the lump sum of § 288 Abs. 5 BGB counts towards whatever
 * else the delay costs, so a house that claims it should know why it charges fees as well.
 */
export const DEFAULT_DUNNING: DunningSettings = {
  levels: [
    { daysAfterDue: 5, feeMinor: 0, payWithinDays: 7 },
    { daysAfterDue: 14, feeMinor: 0, payWithinDays: 10 },
    { daysAfterDue: 28, feeMinor: 0, payWithinDays: 10 },
    { daysAfterDue: 42, feeMinor: 0, payWithinDays: 7 },
  ],
  minimumMinor: 500,
  interest: true,
  lumpSum: true,
};
