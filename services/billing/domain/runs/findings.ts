import { cut } from '../../../../shared/kernel/cut.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';

/** What the checks of a draft looked at; every figure comes from billing's own tables. */
export interface DraftFacts {
  unrated: number;
  unratedReasons: readonly string[];
  held: number;
  gaps: readonly { day: string; warehouse: string | null }[];
  uninspected: readonly string[];
  /** Numbers of special jobs that were opened by the cut-off and are neither signed off nor cancelled. */
  openJobs: readonly string[];
  undelivered: number;
  parkedEvents: number;
  /** Total of what is due but issues nothing: negative, or zero with charges. */
  carriedMinor: number | null;
  grossMinor: number;
  trailingGross: readonly number[];
  /** Of the trailing median; an invoice above it is looked at by a person (billing.md). */
  aboveUsualPercent: number;
  invoiceEmails: number;
  /** What the row is checked for besides; in the order in which they are told. */
  others: readonly Finding[];
  /** The last bill of a contract: a negative total is issued. */
  final: boolean;
}

/** What is due comes to nothing or less and waits. */
export const CARRIED_FORWARD = 'CARRIED_FORWARD';

/** The findings of a draft; one that blocks parks the merchant's row, the others go on. */
export function draftFindings(facts: DraftFacts): Finding[] {
  const findings = allFindings(facts);
  // what is above the usual has changed, too: one of both is enough to be told
  const isOutlier = findings.some(({ code }) => code === 'ABOVE_USUAL');
  return isOutlier ? findings.filter(({ code }) => code !== 'CHANGED_MUCH') : findings;
}

function allFindings(facts: DraftFacts): Finding[] {
  const median = medianOf(facts.trailingGross);
  return [
    ...on(facts.unrated, (count) =>
      blocking('UNRATED_CHARGES', `${count} charges have no price: ${facts.unratedReasons.map(remedyOf).join('; ')}`, {
        count,
        reasons: facts.unratedReasons,
      }),
    ),
    ...gapFindings(facts.gaps),
    ...on(facts.invoiceEmails ? 0 : 1, () => blocking('NO_INVOICE_EMAIL', 'The merchant has no address for invoices')),
    ...on(median !== undefined && median > 0 && facts.grossMinor * 100 > facts.aboveUsualPercent * median ? 1 : 0, () =>
      blocking('ABOVE_USUAL', `The total is more than ${facts.aboveUsualPercent} % of the usual`, {
        grossMinor: facts.grossMinor,
        medianMinor: median,
      }),
    ),
    ...facts.others,
    ...on(facts.held, (count) => note('HELD_CHARGES', `${count} charges are held and not billed`, { count })),
    ...on(facts.uninspected.length, (count) =>
      note('RECEIVED_NOT_INSPECTED', `${count} returns arrived and are not inspected`, { returns: facts.uninspected }),
    ),
    ...on(facts.openJobs.length, (count) =>
      note('OPEN_SPECIAL_JOBS', `${count} special jobs are open and not billed`, { jobs: facts.openJobs }),
    ),
    ...on(facts.parkedEvents, (count) =>
      note('EVENTS_PARKED', `${count} events before the cut-off failed and wait for an administrator`, { count }),
    ),
    ...on(facts.final && facts.grossMinor < 0 ? 1 : 0, () =>
      note('FINAL_TOTAL_NEGATIVE', 'The contract ends with a credit for the merchant', {
        grossMinor: facts.grossMinor,
      }),
    ),
    ...on(facts.carriedMinor === null ? 0 : 1, () =>
      note(CARRIED_FORWARD, 'What is due comes to nothing or less; it is carried to the next run', {
        grossMinor: facts.carriedMinor,
        // what issues something has a total above zero
        besideInvoice: facts.grossMinor > 0,
      }),
    ),
    ...on(facts.undelivered, (count) =>
      note(
        'EVENTS_UNDELIVERED',
        `${count} events before the cut-off have not reached billing; what follows from them is billed later`,
        { count },
      ),
    ),
  ];
}

function gapFindings(gaps: DraftFacts['gaps']): Finding[] {
  const days = [...new Set(gaps.map(({ day }) => day))];
  const warehouses = [...new Set(gaps.flatMap(({ warehouse }) => warehouse ?? []))];
  const where = warehouses.length ? ` (${warehouses.join(', ')})` : '';
  return on(days.length, (count) =>
    blocking('STORAGE_GAP', `Storage snapshots of ${count} days are missing${where}`, {
      days: days.slice(0, 31),
      ...(warehouses.length ? { warehouses: warehouses.slice(0, 31) } : {}),
    }),
  );
}

/** What to do about charges without a price, by the reason that rating gave. */
function remedyOf(reason: string): string {
  switch (reason) {
    case 'CARD_MISSING':
      return 'the contract names a rate card that does not exist';
    case 'NO_VERSION':
      return 'the rate card has no version for their days';
    case 'VOLUME_MISSING':
      return 'storage lines lack their volume';
    case 'MERCHANT_UNKNOWN':
      return 'the merchant has not arrived yet';
    default:
      return 'no rule of the rate card fits';
  }
}

export const blocking = (code: string, message: string, data?: Record<string, unknown>): Finding => ({
  code,
  blocks: true,
  message,
  ...(data ? { data } : {}),
});

/** What becomes of a step that failed: a few attempts more, as many as it takes, or none until somebody asks for it. */
export type AfterFailure = 'again' | 'untilDone' | 'parked';

/**
 * A step that ended with an error; the others go on (G7).
 * @param then  nothing where it is only looked at: a preview
 */
export const stepFailed = (step: string, error: unknown, then?: AfterFailure): Finding =>
  blocking('STEP_FAILED', `The step ${step} failed${then ? `, ${AFTER_FAILURE[then]}` : ''}`, {
    step,
    ...(then ? { then } : {}),
    ...(isExpected(error) ? { code: error.type } : {}),
    reason: cut(error instanceof Error ? error.message : String(error), 300),
  });

const AFTER_FAILURE: Record<AfterFailure, string> = {
  again: 'and is tried again, up to five times in all',
  untilDone: 'and is tried again until it succeeds',
  parked: 'for the fifth time, and waits for a retry',
};

const isExpected = (error: unknown): error is { type: string } =>
  typeof error === 'object' && error !== null && typeof (error as { type?: unknown }).type === 'string';

export const note = (code: string, message: string, data?: Record<string, unknown>): Finding => ({
  code,
  blocks: false,
  message,
  ...(data ? { data } : {}),
});

const on = (count: number, make: (count: number) => Finding): Finding[] => (count > 0 ? [make(count)] : []);

/** Middle of the sorted values, mean of the two middles; `undefined` of none. */
function medianOf(values: readonly number[]): number | undefined {
  if (!values.length) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
