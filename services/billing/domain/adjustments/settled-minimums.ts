import {
  chargeGroup,
  type ChargeGroup,
  type RateMinimum,
} from '../../../../shared/protocol/billing/rate-adjustment.ts';
import type { BilledMonth, PaidMinimum } from './minimum-lines.ts';

/** A minimum with what it comes to in a month and what counts towards it; minor units. */
interface MonthlyMinimum {
  minimum: RateMinimum;
  versionId: string;
  target: number;
  reached: number;
}

/** What is billed for a minimum now, negative where late charges use up what was paid. */
export interface SettledMinimum extends MonthlyMinimum {
  change: number;
}

/** A minimum that was billed for the month and is in force no more, because a version came that starts in the past. */
interface FormerMinimum extends PaidMinimum {
  paid: number;
}

/**
 * What a month still owes to its minimums, less what was paid for them.
 *
 * A version that starts in the past may name a minimum anew, or put others in its place. What was paid under the old
 * name is paid: it counts for the minimum of the same scope that came with the new version. Where there is none, it
 * stays as it was billed, late charges use it up, and new minimums that share a section with it ask for that much less.
 * @param inForce  the minimums of the month as of today
 * @param ofMonth  everything billed of the month, what was billed last at the end, and what this draft bills
 * @param asks     whether a difference may be asked for; otherwise only used up
 */
export function settledMinimums(
  inForce: readonly MonthlyMinimum[],
  ofMonth: readonly BilledMonth[],
  asks: boolean,
): SettledMinimum[] {
  const former = formerMinimums(inForce, ofMonth);
  const successors = new Map(former.map((one) => [one, inForce.find((next) => succeeds(next.minimum, one))]));
  const left = former.filter((one) => !successors.get(one)).map((one) => ({ ...one, settled: usedUp(one, ofMonth) }));
  const settled = inForce.map((one): SettledMinimum => {
    const inherited = former.filter((before) => successors.get(before) === one);
    const paid = paidUnder(one.minimum.key, ofMonth) + inherited.reduce((sum, before) => sum + before.paid, 0);
    const change = Math.max(0, one.target - one.reached) - paid;
    return { ...one, change: change > 0 ? (asks ? change - covered(one.minimum, change, left) : 0) : change };
  });
  return [...settled, ...left.map((one) => one.settled)].filter(({ change }) => change !== 0);
}

/** Net of a month that counts towards a minimum. */
export const reachedOf = ({ groups }: RateMinimum, ofMonth: readonly BilledMonth[]): number =>
  sumOf(ofMonth.filter(({ group }) => group !== 'minimum' && scopeOf(groups).includes(group)));

const scopeOf = (groups: RateMinimum['groups']): readonly ChargeGroup[] =>
  groups ?? chargeGroup.options.filter((group) => group !== 'freight');

const paidUnder = (key: string, ofMonth: readonly BilledMonth[]): number =>
  sumOf(ofMonth.filter((one) => one.group === 'minimum' && one.key === key));

/** What was renamed more than once is one minimum, as it was billed last. */
function formerMinimums(inForce: readonly MonthlyMinimum[], ofMonth: readonly BilledMonth[]): FormerMinimum[] {
  const former: FormerMinimum[] = [];
  for (const { group, key, netMinor, paidFor } of ofMonth) {
    if (group !== 'minimum' || !paidFor || inForce.some(({ minimum }) => minimum.key === key)) continue;
    const before = former.find((one) => succeeds(paidFor.minimum, one));
    if (before) Object.assign(before, paidFor, { paid: before.paid + netMinor });
    else former.push({ ...paidFor, paid: netMinor });
  }
  return former.filter(({ paid }) => paid !== 0);
}

/** One that stood beside the former already is not its successor, whatever its scope. */
function succeeds({ key, groups }: RateMinimum, { minimum, beside }: FormerMinimum): boolean {
  const [scope, before] = [new Set(scopeOf(groups)), new Set(scopeOf(minimum.groups))];
  return !beside.includes(key) && scope.symmetricDifference(before).size === 0;
}

/**
 * A former minimum as it was billed: nothing is asked for it any more, late charges use up what was paid. Where the
 * month came to have none, it is given back.
 */
function usedUp({ minimum, versionId, targetMinor: target, paid }: FormerMinimum, ofMonth: readonly BilledMonth[]) {
  const reached = reachedOf(minimum, ofMonth);
  const owed = target === 0 ? 0 : Math.max(0, target - reached);
  return { minimum, versionId, target, reached, change: Math.min(0, owed - paid) };
}

/** How much of what a new minimum asks for was paid under former ones; taken off theirs. */
function covered(
  { key, groups }: RateMinimum,
  change: number,
  left: (FormerMinimum & { settled: SettledMinimum; spent?: number })[],
): number {
  let taken = 0;
  for (const one of left) {
    const shares = scopeOf(one.minimum.groups).some((group) => scopeOf(groups).includes(group));
    if (one.beside.includes(key) || !shares) continue;
    const take = Math.min(change - taken, one.paid + one.settled.change - (one.spent ?? 0));
    one.spent = (one.spent ?? 0) + take;
    taken += take;
  }
  return taken;
}

const sumOf = (parts: readonly BilledMonth[]): number => parts.reduce((total, { netMinor }) => total + netMinor, 0);
