import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { RateAdjustment } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import { versionsOn, type RateBook } from '../rating.ts';

/** A surcharge or discount as it applies to one merchant, on service dates from `from` to `to`, both included. */
export interface AppliedAdjustment {
  versionId: string;
  adjustment: RateAdjustment;
  from: LocalDate;
  to: LocalDate;
  /** The invoice it was taken on: it is taken of nothing but what takes something of that invoice back. */
  billedOn?: string;
}

/**
 * The surcharges and discounts of a merchant up to a day. Both the merchant's own card and the base card bring theirs,
 * each as of the version valid on the service date; the same key on the own card takes the place of the base card's.
 */
export function appliedAdjustments(book: RateBook, merchantId: string, upTo: LocalDate): AppliedAdjustment[] {
  const applied: AppliedAdjustment[] = [];
  const starts = turningPoints(book, merchantId).filter((day) => day <= upTo);
  starts.forEach((from, index) => {
    const next = starts[index + 1];
    const to = next === undefined ? upTo : addDays(next, -1);
    for (const { versionId, adjustment } of adjustmentsOn(book, merchantId, from)) {
      const window = {
        from: adjustment.from && adjustment.from > from ? adjustment.from : from,
        to: adjustment.to && adjustment.to < to ? adjustment.to : to,
      };
      if (window.from > window.to) continue;
      const before = applied.find(
        (one) =>
          one.versionId === versionId && one.adjustment.key === adjustment.key && addDays(one.to, 1) === window.from,
      );
      // a contract that was only renewed does not cut a line in two
      if (before) before.to = window.to;
      else applied.push({ versionId, adjustment, ...window });
    }
  });
  return applied;
}

/** Whether a surcharge or discount is taken of a charge. @param group  its section, or `freight` */
export const appliesTo = (
  { groups, chargeTypes, rules }: RateAdjustment,
  { group, chargeType, ruleKey }: { group: string; chargeType: string; ruleKey: string },
): boolean =>
  (!groups && !chargeTypes && !rules) ||
  (groups as readonly string[] | undefined)?.includes(group) === true ||
  chargeTypes?.includes(chargeType) === true ||
  rules?.includes(ruleKey) === true;

/** Days on which another version or card may come into force, ascending. */
function turningPoints(book: RateBook, merchantId: string): LocalDate[] {
  const contracts = book.merchants.get(merchantId) ?? [];
  const cards = [book.base, ...contracts.flatMap(({ rateCardCode }) => book.cards.get(rateCardCode ?? '') ?? [])];
  const days = [
    ...contracts.map(({ startsOn }) => startsOn),
    ...cards.flatMap((card) => card?.versions.map(({ validFrom }) => validFrom) ?? []),
  ];
  return [...new Set(days)].toSorted();
}

function adjustmentsOn(book: RateBook, merchantId: string, day: LocalDate) {
  const byKey = new Map<string, { versionId: string; adjustment: RateAdjustment }>();
  // the merchant's own version comes first
  for (const version of versionsOn(book, merchantId, day))
    for (const adjustment of version.adjustments)
      if (!byKey.has(adjustment.key)) byKey.set(adjustment.key, { versionId: version.id, adjustment });
  return byKey.values();
}
