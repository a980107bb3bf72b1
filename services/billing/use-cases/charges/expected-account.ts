import { lastDayOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { formatMicros, MICROS } from '../../../../shared/kernel/decimal.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows } from '../../../../shared/persistence/sql.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  expectedNet,
  expectedSections,
  LEAST_DAYS,
  netOf,
  sectionOf,
  stillToCome,
  type ExpectedSection,
  type MonthProgress,
} from '../../domain/account/expected-account.ts';
import { minimumLines, type BilledMonth } from '../../domain/adjustments/minimum-lines.ts';
import { lateMonths, unsettledMonths, type MonthEnd } from '../../domain/adjustments/unsettled-months.ts';
import type { AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import { duePeriods } from '../../domain/runs/periods.ts';
import { monthProgress } from '../../persistence/month-progress.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';
import { billedMonths } from '../../persistence/runs/adjustment-bases.ts';
import { monthEnds } from '../../persistence/runs/month-ends.ts';
import { nextHolds } from '../../persistence/runs/next-hold.ts';
import { priceDue } from '../runs/price-due.ts';
import { accrueExpectedStorage } from './accrue-expected-storage.ts';
import { accrueSoftwareFees } from './accrue-software-fees.ts';

/** What a merchant's invoices of the month that are still to come will sum up to. */
export interface ExpectedAccount extends Pick<MonthProgress, 'days' | 'elapsedDays' | 'storageDays'> {
  upTo: LocalDate;
  method: { de: string; en: string };
  sections: ExpectedSection[];
  /** What lacks to the monthly minimums with all that, those of earlier months that are not settled included. */
  minimumMinor: number;
  netMinor: number;
}

/**
 * The total that is expected at the end of the month (X4). It accrues the fee of the month and storage that is counted
 * by the month to know them, so it belongs into a transaction that is undone.
 */
export async function expectedAccount(
  deps: BillingDeps,
  em: EntityManager,
  merchantId: string,
  today: LocalDate,
): Promise<ExpectedAccount> {
  const progress = await monthProgress(em, merchantId, today);
  const { month, days, elapsedDays, storageDays } = progress;
  const upTo = lastDayOf(month);
  await accrueSoftwareFees(em, deps, { month, merchantIds: [merchantId] });
  await accrueExpectedStorage(em, deps, merchantId, month);
  const due = duePeriods(upTo, 'semiMonthly');
  const holdsBefore = await nextHolds(em, merchantId, today);
  const groups = await priceDue(deps, em, { merchantId, cutoff: upTo, due, holdsBefore }, false);
  const ends = await rows<MonthEnd>(em, monthEnds(merchantId, upTo));
  const late = lateMonths(groups, upTo, ends);
  const settle = [month, ...unsettledMonths(ends, month, late)];
  const billed = await billedMonths(em, merchantId, settle);
  const sections = expectedSections(groups, billed, progress);
  const book = await loadRateBook(em, deps.rules, [merchantId]);
  const charged = atMonthEnd(groups, billed, progress).filter(({ kind }) => kind !== 'minimum');
  // what late charges use up of earlier months stands in the sections
  const scope = { settle, month, consume: [], stream: 'monthly' as const };
  const minimumMinor = minimumLines({ book, merchantId }, charged, billed, scope)
    .filter((line) => netOf(line) > 0 || line.serviceMonth === month || !late.includes(line.serviceMonth))
    .reduce((total, line) => total + netOf(line), 0);
  const netMinor = sections.reduce((total, { expectedMinor }) => total + expectedMinor, minimumMinor);
  return { upTo, days, elapsedDays, storageDays, method: METHOD, sections, minimumMinor, netMinor };
}

/** The groups with the net they are expected to have, and one for what grows beside what is billed already. */
function atMonthEnd(
  groups: readonly AllocationGroup[],
  billed: readonly BilledMonth[],
  progress: MonthProgress,
): AllocationGroup[] {
  const expected = groups.map((group) => withNet(group, expectedNet(group, progress)));
  const rest = billed
    .filter(({ group, serviceMonth }) => group !== 'minimum' && serviceMonth === progress.month)
    .map(({ group, netMinor }) =>
      withNet(
        { ...PLACEHOLDER, section: sectionOf(group), isFreight: group === 'freight', serviceMonth: progress.month },
        stillToCome(sectionOf(group), netMinor, progress),
      ),
    );
  return [...expected, ...rest];
}

const withNet = (group: AllocationGroup, netMinor: number): AllocationGroup => ({
  ...group,
  quantity: '1',
  baseQuantity: '1',
  unitPrice: formatMicros(BigInt(netMinor) * (MICROS / 100n)),
});

const PLACEHOLDER: AllocationGroup = {
  ...{ kind: 'charges', ownCharge: null, ownReference: null, stream: 'fulfilment', section: '', chargeType: '' },
  ...{ versionId: '', ruleKey: '', tierFrom: null, tierTo: null, unitPrice: '0', baseQuantity: '1', serviceMonth: '' },
  ...{
    unit: '',
    label: { de: '', en: '' },
    quantity: '1',
    chargeCount: 0,
    lateQuantity: '0',
    lateFrom: null,
    lateTo: null,
  },
};

const METHOD = {
  de: `Lagerung je Tag nach den erfassten, Sperrlager nach den vergangenen Tagen hochgerechnet; Lagerung je Monat mit dem zuletzt erfassten Bestand bis zum Monatsende, ab Einlagerung wie angefallen; Kommissionierung, Versand und Retouren linear nach den vergangenen Tagen, ab ${LEAST_DAYS} Tagen; Software für den ganzen Monat; Sonderaufträge, wie sie sind; Zu- und Abschläge wachsen mit; dazu, was zum Mindestumsatz fehlt. Bereits Abgerechnetes ist abgezogen.`,
  en: `Storage per day by the days recorded, quarantine by the days passed; storage per month with the stock last recorded carried on to the end of the month, from goods-in as incurred; picking, shipping and returns in proportion to the days passed, from ${LEAST_DAYS} days on; software for the whole month; special jobs as they are; surcharges and discounts grow along; plus what is missing to the minimum. What is billed already is taken off.`,
};
