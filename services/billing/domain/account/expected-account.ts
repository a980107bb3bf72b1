import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import { divideRounded, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../../shared/kernel/money.ts';
import type { BilledMonth } from '../adjustments/minimum-lines.ts';
import { SECTIONS, type AllocationGroup } from '../invoices/invoice-draft.ts';

/** How far a month has come for a merchant, in days under contract. */
export interface MonthProgress {
  month: LocalMonth;
  /** Of the whole month. */
  days: number;
  /** Up to today, today included. */
  elapsedDays: number;
  /** Days whose stock is recorded. */
  storageDays: number;
  /** Days whose storage, if any, is charged by the day, and those of them that are recorded. */
  dailyDays: number;
  dailyRecorded: number;
  /** Whether some of its storage is counted once for the month. */
  countsMonth: boolean;
}

/**
 * - `elapsedDays`: as the days recorded so far went, so will the others.
 * - `linear`: as the days passed so far went, so will the others; `tooEarly` when too few have passed to tell.
 * - `lastStock`: the stock last recorded goes on to the end of the month; the groups are what that comes to.
 * - `known`: what is due for the month whatever happens. `asIs`: what is there; nothing is guessed.
 */
export type ExpectationMethod = 'elapsedDays' | 'linear' | 'tooEarly' | 'lastStock' | 'known' | 'asIs';

export interface ExpectedSection {
  section: string;
  /** Unbilled by now, with what is due once for the whole month. */
  netMinor: number;
  /** Of the month on invoices already. */
  billedMinor: number;
  /** Still to be invoiced for the month when it ends, with what is late from earlier ones. */
  expectedMinor: number;
  method: ExpectationMethod;
}

/** Fewer days tell nothing about a month. */
export const LEAST_DAYS = 3;

/** By what share of its days a part of a month has been seen. */
interface Share {
  method: ExpectationMethod;
  days: number;
  of: number;
}

/**
 * What the sections of a month come to when it ends (X4). Surcharges and discounts grow with what they are taken of,
 * up to their maximum; what an invoice of the month holds already grows too, and only the rest is expected.
 * @param groups  everything unbilled at its price, with the fees of the whole month
 * @param billed  net of the month's live lines by what minimums count
 */
export function expectedSections(
  groups: readonly AllocationGroup[],
  billed: readonly BilledMonth[],
  progress: MonthProgress,
): ExpectedSection[] {
  const ofMonth = billed.filter(({ serviceMonth, group }) => serviceMonth === progress.month && group !== 'minimum');
  return SECTIONS.flatMap((section) => {
    const members = groups.filter((group) => group.section === section);
    const earlier = ofMonth.filter(({ group }) => sectionOf(group) === section);
    if (!members.length && !earlier.length) return [];
    const billedMinor = sum(earlier.map(({ netMinor }) => netMinor));
    return {
      section,
      netMinor: sum(members.map(netOf)),
      billedMinor,
      expectedMinor:
        sum(members.map((group) => expectedNet(group, progress))) +
        sum(earlier.map(({ netMinor }) => stillToCome(section, netMinor, progress))),
      method: shareOf({ section }, progress).method,
    };
  });
}

/** The net of a group when its month ends. */
export function expectedNet(group: AllocationGroup, progress: MonthProgress): number {
  const net = netOf(group);
  if (group.serviceMonth !== progress.month || group.kind === 'minimum') return net;
  const expected = grown(net, shareOf(group, progress));
  const maximum = group.detail?.maximumMinor;
  return maximum === undefined ? expected : Math.max(-maximum, Math.min(maximum, expected));
}

/** What comes in the rest of the month beside what of it is billed already. */
export const stillToCome = (section: string, billedMinor: number, progress: MonthProgress): number =>
  grown(billedMinor, shareOf({ section }, progress)) - billedMinor;

export const netOf = ({ quantity, unitPrice, baseQuantity }: AllocationGroup): number =>
  lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity));

type Part = Pick<AllocationGroup, 'section'> & Partial<Pick<AllocationGroup, 'chargeType' | 'unit'>>;

function shareOf({ section, chargeType, unit }: Part, progress: MonthProgress): Share {
  const { days, elapsedDays } = progress;
  if (section === 'software') return { method: 'known', days, of: days };
  if (section === 'storage') return storageShare(unit, progress);
  if (chargeType === 'quarantine_storage') return { method: 'elapsedDays', days, of: elapsedDays || days };
  if (section === 'specialJobs' || section === 'adjustments') return { method: 'asIs', days, of: days };
  return elapsedDays < LEAST_DAYS
    ? { method: 'tooEarly', days, of: days }
    : { method: 'linear', days, of: elapsedDays };
}

/** What is charged by the day grows; a price per month is charged once, on an anniversary or for the whole of it. */
function storageShare(unit: string | undefined, progress: MonthProgress): Share {
  const { days, storageDays, dailyDays, dailyRecorded, countsMonth } = progress;
  const whole = { days, of: days };
  if (dailyDays === 0) return { method: countsMonth && storageDays > 0 ? 'lastStock' : 'asIs', ...whole };
  if (dailyRecorded === 0 || unit?.endsWith('_month')) return { method: 'asIs', ...whole };
  return { method: 'elapsedDays', days: dailyDays, of: dailyRecorded };
}

/** What a part of the month comes to as a whole; half away from zero. */
const grown = (netMinor: number, { days, of }: Share): number =>
  days <= of ? netMinor : Number(divideRounded(BigInt(netMinor) * BigInt(days), BigInt(of)));

/** Freight is a part of its section. */
export const sectionOf = (group: string): string => (group === 'freight' ? 'fulfilment' : group);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
