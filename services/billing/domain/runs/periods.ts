import {
  addDays,
  addMonths,
  firstDayOf,
  instantOf,
  lastDayOf,
  localDateOf,
  monthOf,
  type LocalDate,
} from '../../../../shared/kernel/dates.ts';

export type Stream = 'fulfilment' | 'monthly';

/** The days of a stream that a cut-off bills as current; what is older and unbilled comes along as late. */
export interface DuePeriod {
  stream: Stream;
  from: LocalDate;
  to: LocalDate;
}

/** Picking and shipping twice a month, or everything at month end (contract). */
export type FulfilmentCadence = 'semiMonthly' | 'monthly';

const HALF_MONTH_DAY = '15';

/** A cut-off is a 15th or a month's last day; weekends and holidays never move it (billing.md, Streams). */
export const isCutoff = (date: LocalDate): boolean =>
  date.slice(8) === HALF_MONTH_DAY || date === lastDayOf(monthOf(date));

/**
 * Which streams are due at a cut-off, with the period each of them bills.
 * @returns empty on the 15th of a merchant who is billed at month end only
 * @throws RangeError when the day is no cut-off
 */
export function duePeriods(cutoff: LocalDate, cadence: FulfilmentCadence): DuePeriod[] {
  if (!isCutoff(cutoff)) throw new RangeError(`${cutoff} is neither a 15th nor the last day of a month`);
  const monthStart = firstDayOf(monthOf(cutoff));
  const isHalf = cutoff.slice(8) === HALF_MONTH_DAY;
  if (isHalf) return cadence === 'semiMonthly' ? [{ stream: 'fulfilment', from: monthStart, to: cutoff }] : [];
  return [
    { stream: 'fulfilment', from: cadence === 'semiMonthly' ? addDays(monthStart, 15) : monthStart, to: cutoff },
    { stream: 'monthly', from: monthStart, to: cutoff },
  ];
}

/**
 * The periods of a final run at the end of a contract: all streams up to its day, whatever day it is (G10). The half
 * month that the last 15th billed is behind it.
 */
export function finalPeriods(day: LocalDate, cadence: FulfilmentCadence): DuePeriod[] {
  const monthStart = firstDayOf(monthOf(day));
  const secondHalf = addDays(monthStart, 15);
  return [
    { stream: 'fulfilment', from: cadence === 'semiMonthly' && day >= secondHalf ? secondHalf : monthStart, to: day },
    { stream: 'monthly', from: monthStart, to: day },
  ];
}

/** What decides which charges a merchant row collects. */
export interface RowTerms {
  cutoff: LocalDate;
  final: boolean;
}

export const rowPeriods = ({ cutoff, final }: RowTerms, cadence: FulfilmentCadence): DuePeriod[] =>
  final ? finalPeriods(cutoff, cadence) : duePeriods(cutoff, cadence);

/** The streams that a row bills: those due by the contract, of a row that was limited the ones it was limited to. */
export const billedPeriods = (
  row: RowTerms & { streams: readonly Stream[] | null },
  contract: { fulfilmentCadence: FulfilmentCadence } | null | undefined,
): DuePeriod[] =>
  rowPeriods(row, contract?.fulfilmentCadence ?? 'semiMonthly').filter(
    ({ stream }) => row.streams === null || row.streams.includes(stream),
  );

/** The first day that a document bills as current: one of a stream by itself, or one of all that are due. */
export const periodStart = (due: readonly DuePeriod[], split: Stream | 'all'): LocalDate =>
  due
    .filter(({ stream }) => split === 'all' || split === stream)
    .map(({ from }) => from)
    .toSorted()[0]!;

/** Up to which service date a row collects: a final one takes all of its month, as the fee of a month bears its last day. */
export const collectsUpTo = ({ cutoff, final }: RowTerms): LocalDate => (final ? lastDayOf(monthOf(cutoff)) : cutoff);

const DRAFTING_TIME = '04:30';

/** Drafts are made at 04:30 local on the day after the cut-off, plus the issuer's waiting days. */
export const draftDueAt = (cutoff: LocalDate, waitDays: number, zone: string): Date =>
  instantOf(addDays(cutoff, 1 + waitDays), DRAFTING_TIME, zone);

/** The last 04:30 local: drafts of before it are of yesterday, they are recalculated until they are approved (billing.md). */
export function lastDraftingAt(now: Date, zone: string): Date {
  const today = localDateOf(now, zone);
  const at = instantOf(today, DRAFTING_TIME, zone);
  return at <= now ? at : instantOf(addDays(today, -1), DRAFTING_TIME, zone);
}

/** The cut-offs whose draft is due by now, oldest first, from the day the issuer started billing. */
export function dueCutoffs(startsOn: LocalDate, now: Date, waitDays: number, zone: string): LocalDate[] {
  const due: LocalDate[] = [];
  for (let month = monthOf(startsOn); ; month = addMonths(month, 1)) {
    for (const cutoff of [`${month}-${HALF_MONTH_DAY}`, lastDayOf(month)]) {
      if (draftDueAt(cutoff, waitDays, zone) > now) return due;
      if (cutoff >= startsOn) due.push(cutoff);
    }
  }
}

/** The first cut-off from a day on that bills a stream. */
export function nextCutoff(day: LocalDate, stream: Stream, cadence: FulfilmentCadence): LocalDate {
  const half = `${monthOf(day)}-${HALF_MONTH_DAY}`;
  return stream === 'fulfilment' && cadence === 'semiMonthly' && day <= half ? half : lastDayOf(monthOf(day));
}

/** Charges this much older than the cut-off wait for finance (never counted from today). */
export const HOLD_AFTER_DAYS = 90;
export const holdBefore = (cutoff: LocalDate): LocalDate => addDays(cutoff, -HOLD_AFTER_DAYS);

/** Up to which service date, that day left out, the next run of a stream holds charges; `null` where it is not billed. */
export type HoldsBefore = Readonly<Record<Stream, LocalDate | null>>;

/** What a row holds: a stream that it does not bill is left to the run that does. */
export function holdsOf({ cutoff }: Pick<RowTerms, 'cutoff'>, due: readonly DuePeriod[]): HoldsBefore {
  const before = (stream: Stream) => (due.some((period) => period.stream === stream) ? holdBefore(cutoff) : null);
  return { fulfilment: before('fulfilment'), monthly: before('monthly') };
}
