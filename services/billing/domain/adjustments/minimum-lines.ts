import {
  addDays,
  daysInMonth,
  firstDayOf,
  lastDayOf,
  type LocalDate,
  type LocalMonth,
} from '../../../../shared/kernel/dates.ts';
import { divideRounded, formatMicros, MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../../shared/kernel/money.ts';
import type { ChargeGroup, RateMinimum } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import type { AllocationGroup } from '../invoices/invoice-draft.ts';
import { versionsOn, type RateBook } from '../rating.ts';
import type { Stream } from '../runs/periods.ts';
import { reachedOf, settledMinimums, type SettledMinimum } from './settled-minimums.ts';

/** What is billed for a service month, by group of charges; the lines of minimums apart, by their key. */
export interface BilledMonth {
  serviceMonth: LocalMonth;
  group: ChargeGroup | 'minimum';
  /** Key of the minimum; of no meaning otherwise. */
  key: string;
  netMinor: number;
  /** What the lines of a minimum were billed for. */
  paidFor?: PaidMinimum | null;
}

/** A minimum as it was billed. */
export interface PaidMinimum {
  minimum: RateMinimum;
  versionId: string;
  /** What it came to in that month; minor units. */
  targetMinor: number;
  /** Keys of all minimums of the version that it was billed by. */
  beside: readonly string[];
}

/** Which months a draft settles against their minimum. */
export interface MinimumScope {
  /** The month of the cut-off; lines of earlier ones come late. */
  month: LocalMonth;
  /** Months whose difference is asked for: all that is due in them is on this document or on an earlier one. */
  settle: readonly LocalMonth[];
  /** Months for which a difference was paid already: what comes late uses it up, nothing more is asked for. */
  consume: readonly LocalMonth[];
  /** The stream whose document carries the line. */
  stream: Stream;
}

/**
 * Lines "Mindestumsatz-Ausgleich": what the net of a service month lacks to the minimum, less what was paid for that
 * before (billing.md, Price). Discounts and surcharges count as part of the net.
 * @param groups  everything else that this draft bills
 */
export function minimumLines(
  { book, merchantId }: { book: RateBook; merchantId: string },
  groups: readonly AllocationGroup[],
  billed: readonly BilledMonth[],
  { settle, month: current, consume, stream }: MinimumScope,
): AllocationGroup[] {
  return [...new Set([...settle, ...consume])].toSorted().flatMap((month) => {
    const ofMonth = [
      ...billed.filter(({ serviceMonth }) => serviceMonth === month),
      ...groups.filter(({ serviceMonth }) => serviceMonth === month).map(asBilled),
    ];
    const active = activeDaysOf(book, merchantId, month);
    const inForce = minimumsOf(book, merchantId, active).map(({ minimum, versionId }) => ({
      ...{ minimum, versionId, target: owed(minimum, month, active.length), reached: reachedOf(minimum, ofMonth) },
    }));
    // a contract that was ended before the month leaves no minimum in it, whatever was paid for one
    const owes = active.length ? ofMonth : ofMonth.map(owingNothing);
    return settledMinimums(inForce, owes, settle.includes(month)).map((settled) =>
      lineOf({ ...settled, month, stream, isLate: month < current }),
    );
  });
}

/**
 * The minimums in force on the last day of a month on which a contract is; the own card's before the base card's.
 * @param active  the days of the month on which one is, ascending
 */
function minimumsOf(book: RateBook, merchantId: string, active: readonly LocalDate[]) {
  const last = active.at(-1);
  if (last === undefined) return [];
  const byKey = new Map<string, { minimum: RateMinimum; versionId: string }>();
  for (const version of versionsOn(book, merchantId, last))
    for (const minimum of version.minimums)
      if (!byKey.has(minimum.key)) byKey.set(minimum.key, { minimum, versionId: version.id });
  return [...byKey.values()];
}

const owingNothing = (one: BilledMonth): BilledMonth =>
  one.paidFor ? { ...one, paidFor: { ...one.paidFor, targetMinor: 0 } } : one;

function activeDaysOf(book: RateBook, merchantId: string, month: LocalMonth): LocalDate[] {
  const contracts = book.merchants.get(merchantId) ?? [];
  const days = Array.from({ length: daysInMonth(month) }, (_, index) => addDays(firstDayOf(month), index));
  return days.filter((day) =>
    contracts.some(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || day <= endsOn)),
  );
}

/** The minimum of a month by its active days, rounded half away from zero; minor units. */
const owed = ({ amount }: RateMinimum, month: LocalMonth, activeDays: number): number =>
  Number(divideRounded((parseMicros(amount) / (MICROS / 100n)) * BigInt(activeDays), BigInt(daysInMonth(month))));

const groupOf = ({ detail, section, isFreight }: AllocationGroup): ChargeGroup =>
  detail?.group ?? (isFreight ? 'freight' : (section as ChargeGroup));

const asBilled = (group: AllocationGroup): BilledMonth => ({
  ...{ serviceMonth: group.serviceMonth, group: groupOf(group), key: '' },
  netMinor: lineNetMinor(parseMicros(group.quantity), parseMicros(group.unitPrice), parseMicros(group.baseQuantity)),
});

interface MinimumLine extends SettledMinimum {
  month: LocalMonth;
  stream: Stream;
  isLate: boolean;
}

const lineOf = ({ minimum, versionId, change, target, reached, ...line }: MinimumLine): AllocationGroup => ({
  kind: 'minimum',
  ownCharge: null,
  ownReference: null,
  stream: line.stream,
  section: 'adjustments',
  chargeType: 'minimum',
  versionId,
  ruleKey: minimum.key,
  tierFrom: null,
  tierTo: null,
  unitPrice: formatMicros(BigInt(change) * (MICROS / 100n)),
  baseQuantity: '1',
  serviceMonth: line.month,
  unit: 'lump_sum',
  label: minimum.label,
  quantity: '1',
  chargeCount: 0,
  // the paper names the month of what is late; without that a line of March is one of April to the reader
  lateQuantity: line.isLate ? '1' : '0',
  lateFrom: line.isLate ? firstDayOf(line.month) : null,
  lateTo: line.isLate ? lastDayOf(line.month) : null,
  detail: { minimumMinor: target, reachedMinor: reached },
});
