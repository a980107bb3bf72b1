import { formatMicros, MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { LocalDate, LocalMonth } from '../../../../shared/kernel/dates.ts';
import { lineNetMinor } from '../../../../shared/kernel/money.ts';
import type { ChargeGroup } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import type { AllocationGroup } from '../invoices/invoice-draft.ts';
import { shareMicros } from '../rate-models.ts';
import type { Stream } from '../runs/periods.ts';
import type { AppliedAdjustment } from './applied-adjustments.ts';

/** What an adjustment applies to in one group of charges and one service month, summed up by the database. */
export interface AdjustmentBasis {
  versionId: string;
  key: string;
  stream: Stream;
  section: string;
  group: ChargeGroup;
  serviceMonth: LocalMonth;
  unit: string;
  /** Net of the charges, each price rounded once as on a line; minor units. */
  basisMinor: number;
  quantity: string;
  /** Set when all of it is late. */
  lateFrom: LocalDate | null;
  lateTo: LocalDate | null;
}

/** What is billed of one key and service month under a maximum, and what it would be without; minor units. */
export interface BilledAdjustment {
  netMinor: number;
  uncappedMinor: number;
}
export type BilledAdjustments = ReadonlyMap<string, BilledAdjustment>;
export const adjustedMonth = (key: string, month: LocalMonth): string => `${month} ${key}`;

/**
 * The lines of surcharges and discounts: one per key, group of charges and service month. A percentage is taken of
 * the rounded net and stands as one unit at that price, so that anybody can work it out again. A monthly maximum is
 * taken of the whole month, so it does not matter in which order charges and corrections come. A line that comes to
 * nothing, such as one on free units, stands with 0: what is taken back later shares what its invoice says was taken.
 * @param bases  in the order in which they use up a maximum
 */
export function adjustmentLines(
  bases: readonly AdjustmentBasis[],
  applied: readonly AppliedAdjustment[],
  billed: BilledAdjustments,
): AllocationGroup[] {
  const used = new Map(billed);
  return [...Map.groupBy(bases, (basis) => lineKey(basis, applied)).values()].map((members) => {
    const one = appliedTo(members[0]!, applied);
    const { key, maximumPerMonth } = one.adjustment;
    const line = lineOf(members, one, daysOf(members[0]!, applied));
    if (maximumPerMonth === undefined) return line;
    const month = adjustedMonth(key, line.serviceMonth);
    const before = used.get(month) ?? { netMinor: 0, uncappedMinor: 0 };
    const capped = atMost(line, maximumPerMonth, before);
    used.set(month, {
      netMinor: before.netMinor + netOf(capped),
      uncappedMinor: before.uncappedMinor + netOf(line),
    });
    return capped;
  });
}

const appliedTo = ({ versionId, key }: AdjustmentBasis, applied: readonly AppliedAdjustment[]): AppliedAdjustment =>
  applied.find((one) => one.versionId === versionId && one.adjustment.key === key)!;

/** Of which days it is taken as of today; corrections of the line go by them. */
const daysOf = ({ versionId, key }: AdjustmentBasis, applied: readonly AppliedAdjustment[]): [LocalDate, LocalDate][] =>
  applied
    .filter((one) => one.versionId === versionId && one.adjustment.key === key && one.billedOn === undefined)
    .map(({ from, to }) => [from, to]);

/** A price per unit is a line per unit; a percentage puts all units together. */
function lineKey(basis: AdjustmentBasis, applied: readonly AppliedAdjustment[]): string {
  const { value } = appliedTo(basis, applied).adjustment;
  const unit = value.type === 'perUnit' ? basis.unit : '';
  return [basis.versionId, basis.key, basis.stream, basis.group, basis.serviceMonth, unit].join('|');
}

function lineOf(
  members: readonly AdjustmentBasis[],
  { adjustment, versionId }: AppliedAdjustment,
  days: [LocalDate, LocalDate][],
): AllocationGroup {
  const { kind, value } = adjustment;
  const first = members[0]!;
  const sign = kind === 'discount' ? -1n : 1n;
  const basisMinor = members.reduce((sum, basis) => sum + basis.basisMinor, 0);
  const quantityMicros =
    value.type === 'percent' ? MICROS : members.reduce((sum, { quantity }) => sum + parseMicros(quantity), 0n);
  const priceMicros = value.type === 'percent' ? shareMicros(basisMinor, value.percent) : parseMicros(value.unitPrice);
  const quantity = formatMicros(quantityMicros);
  const late = members.every(({ lateFrom }) => lateFrom !== null);
  return {
    kind,
    ownCharge: null,
    ownReference: null,
    stream: first.stream,
    section: first.section,
    chargeType: kind,
    versionId,
    ruleKey: adjustment.key,
    tierFrom: null,
    tierTo: null,
    unitPrice: formatMicros(sign * priceMicros),
    baseQuantity: '1',
    serviceMonth: first.serviceMonth,
    unit: value.type === 'percent' ? 'lump_sum' : first.unit,
    label: adjustment.label,
    quantity,
    chargeCount: 0,
    lateQuantity: late ? quantity : '0',
    lateFrom: late ? members.map(({ lateFrom }) => lateFrom!).toSorted()[0]! : null,
    lateTo: late
      ? members
          .map(({ lateTo }) => lateTo!)
          .toSorted()
          .at(-1)!
      : null,
    detail: {
      group: first.group,
      days,
      ...(value.type === 'percent' ? { percent: value.percent, basisMinor } : {}),
    },
  };
}

/**
 * What a line adds to its month when the month keeps to its maximum. A line that adds nothing stands with 0: what it
 * would have been decides what a later correction gives back.
 */
function atMost(line: AllocationGroup, maximum: string, before: BilledAdjustment): AllocationGroup {
  const limit = Number(parseMicros(maximum) / (MICROS / 100n));
  const net = netOf(line);
  const room = Math.min(Math.max(before.uncappedMinor + net, -limit), limit) - before.netMinor;
  // a version with another maximum neither gives back what was billed by the one before nor asks for what that spared
  const allowed = Math.min(Math.max(room, Math.min(net, 0)), Math.max(net, 0));
  const detail = { ...line.detail, uncappedMinor: net };
  if (allowed === net) return { ...line, detail };
  return {
    ...line,
    quantity: '1',
    unit: 'lump_sum',
    unitPrice: formatMicros(BigInt(allowed) * (MICROS / 100n)),
    lateQuantity: line.lateFrom === null ? '0' : '1',
    detail: { ...detail, maximumMinor: limit },
  };
}

const netOf = ({ quantity, unitPrice, baseQuantity }: AllocationGroup): number =>
  lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity));
