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

/** What is billed for a service month, by group of charges; the lines of minimums apart, by their key. */
export interface BilledMonth {
  serviceMonth: LocalMonth;
  group: ChargeGroup | 'minimum';
  /** Key of the minimum; of no meaning otherwise. */
  key: string;
  netMinor: number;
}

/** Which months a draft settles against their minimum. */
export interface MinimumScope {
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
  { settle, consume, stream }: MinimumScope,
): AllocationGroup[] {
  return [...new Set([...settle, ...consume])].toSorted().flatMap((month) =>
    minimumsOf(book, merchantId, month).flatMap(({ minimum, versionId, activeDays }) => {
      const target = owed(minimum, month, activeDays);
      const counts = scopeOf(minimum);
      const reached =
        sum(billed.filter(({ serviceMonth, group }) => serviceMonth === month && counts(group))) +
        sum(groups.filter((group) => group.serviceMonth === month && counts(groupOf(group))).map(withNet));
      const paid = sum(
        billed.filter(
          ({ serviceMonth, group, key }) => serviceMonth === month && group === 'minimum' && key === minimum.key,
        ),
      );
      const change = Math.max(0, target - reached) - paid;
      if (change === 0 || (change > 0 && !settle.includes(month))) return [];
      return [lineOf({ minimum, versionId, month, stream, change, target, reached })];
    }),
  );
}

/** The minimums in force on the last day of a month on which a contract is; the own card's before the base card's. */
function minimumsOf(book: RateBook, merchantId: string, month: LocalMonth) {
  const active = activeDaysOf(book, merchantId, month);
  const last = active.at(-1);
  if (last === undefined) return [];
  const byKey = new Map<string, { minimum: RateMinimum; versionId: string; activeDays: number }>();
  for (const version of versionsOn(book, merchantId, last))
    for (const minimum of version.minimums)
      if (!byKey.has(minimum.key))
        byKey.set(minimum.key, { minimum, versionId: version.id, activeDays: active.length });
  return [...byKey.values()];
}

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

const scopeOf =
  ({ groups }: RateMinimum) =>
  (group: BilledMonth['group']): boolean =>
    group !== 'minimum' && (groups ? groups.includes(group) : group !== 'freight');

const groupOf = ({ detail, section, isFreight }: AllocationGroup): ChargeGroup =>
  detail?.group ?? (isFreight ? 'freight' : (section as ChargeGroup));

const withNet = ({ quantity, unitPrice, baseQuantity }: AllocationGroup) => ({
  netMinor: lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity)),
});

const sum = (parts: readonly { netMinor: number }[]): number =>
  parts.reduce((total, { netMinor }) => total + netMinor, 0);

interface MinimumLine {
  minimum: RateMinimum;
  versionId: string;
  month: LocalMonth;
  stream: Stream;
  change: number;
  target: number;
  reached: number;
}

const lineOf = ({ minimum, versionId, month, stream, change, target, reached }: MinimumLine): AllocationGroup => ({
  kind: 'minimum',
  ownCharge: null,
  ownReference: null,
  stream,
  section: 'adjustments',
  chargeType: 'minimum',
  versionId,
  ruleKey: minimum.key,
  tierFrom: null,
  tierTo: null,
  unitPrice: formatMicros(BigInt(change) * (MICROS / 100n)),
  baseQuantity: '1',
  serviceMonth: month,
  unit: 'lump_sum',
  label: minimum.label,
  quantity: '1',
  chargeCount: 0,
  lateQuantity: '0',
  lateFrom: null,
  lateTo: null,
  detail: { minimumMinor: target, reachedMinor: reached },
});

/** The months before a cut-off that a draft touches by what comes late. */
export const lateMonths = (groups: readonly AllocationGroup[], cutoff: LocalDate): LocalMonth[] => [
  ...new Set(groups.map(({ serviceMonth }) => serviceMonth).filter((month) => lastDayOf(month) < cutoff)),
];
