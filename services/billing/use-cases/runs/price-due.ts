import { lastDayOf, monthOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { adjustmentLines, type AdjustmentBasis } from '../../domain/adjustments/adjustment-lines.ts';
import { appliedAdjustments } from '../../domain/adjustments/applied-adjustments.ts';
import { minimumLines } from '../../domain/adjustments/minimum-lines.ts';
import { sharings } from '../../domain/adjustments/shared-maximums.ts';
import { lateMonths, unsettledMonths, type MonthEnd } from '../../domain/adjustments/unsettled-months.ts';
import type { AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import type { RateBook } from '../../domain/rating.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';
import { adjustmentBases, billedAdjustments, billedMonths } from '../../persistence/runs/adjustment-bases.ts';
import { priceUnbilled, type Collection } from '../../persistence/runs/allocations.ts';
import { standingAdjustments } from '../../persistence/runs/standing-adjustments.ts';

/**
 * Everything a collection of charges comes to: the charges at their prices, surcharges and discounts on them, and the
 * difference to the minimums of the months that are complete with it.
 * @param coversMonth  all streams due at the cut-off are billed with it or were before; a running account is never
 * @param known        what was read in this transaction: the merchant's rate book, which was locked, and the months
 *                     whose end a run came to
 * @param documents    where a row may have several: which of them a basis is on, and which are issued with these groups
 */
export async function priceDue(
  deps: Pick<BillingDeps, 'rules'>,
  em: EntityManager,
  collection: Collection,
  coversMonth: boolean,
  known: { book?: RateBook; monthEnds?: readonly MonthEnd[] } = {},
  documents?: DocumentsOfRow,
): Promise<AllocationGroup[]> {
  const { merchantId, cutoff } = collection;
  const book = known.book ?? (await loadRateBook(em, deps.rules, [merchantId]));
  const { groups: charges, takenBackFrom } = await priceUnbilled(em, collection);
  const standing = await standingAdjustments(em, takenBackFrom);
  const applied = [...appliedAdjustments(book, merchantId, cutoff), ...standing];
  const bases = await adjustmentBases(em, collection, applied);
  const limited = applied.some(({ adjustment }) => adjustment.maximumPerMonth !== undefined);
  const months = [...new Set(bases.map(({ serviceMonth }) => serviceMonth))];
  const billed = limited ? await billedAdjustments(em, merchantId, months) : new Map();
  const { monthEnds = [] } = known;
  let all: AllocationGroup[] = [];
  for (const { lines, holds } of sharings(bases, applied, billed, documents?.of ?? (() => ''))) {
    const groups = [...charges, ...lines];
    all = [...groups, ...(await differences(em, { book, collection, coversMonth, monthEnds }, groups))];
    if (!limited || !documents || holds(documents.issuedWith(all))) break;
  }
  return all;
}

/** The documents of a row by their keys. */
export interface DocumentsOfRow {
  of: (basis: AdjustmentBasis) => string;
  issuedWith: (groups: readonly AllocationGroup[]) => ReadonlySet<string>;
}

/** What a collection of charges belongs to, as far as minimums go by it. */
interface Settling {
  book: RateBook;
  collection: Collection;
  coversMonth: boolean;
  monthEnds: readonly MonthEnd[];
}

async function differences(
  em: EntityManager,
  { book, collection, coversMonth, monthEnds }: Settling,
  groups: readonly AllocationGroup[],
): Promise<AllocationGroup[]> {
  const { merchantId, cutoff, due } = collection;
  const late = lateMonths(groups, cutoff, monthEnds);
  // without minimums now, what was paid for those of before is still used up, or given back
  if (!hasMinimums(book) && !late.length && !monthEnds.some(({ moved }) => moved)) return [];
  const month = monthOf(cutoff);
  const settle: LocalMonth[] =
    coversMonth && cutoff === lastDayOf(month) ? [month, ...unsettledMonths(monthEnds, month, late)] : [];
  const billed = await billedMonths(em, merchantId, [...new Set([...late, ...settle])]);
  return minimumLines({ book, merchantId }, groups, billed, {
    ...{ settle, month, consume: late },
    stream: due.some(({ stream }) => stream === 'monthly') ? 'monthly' : 'fulfilment',
  });
}

/**
 * What supposed charges of one service month come to by a supposed book: the same pricing, with the month whole and
 * nothing of it billed before.
 * @param collection  its cut-off is the end of the month
 */
export async function priceSupposed(
  em: EntityManager,
  book: RateBook,
  collection: Collection & Required<Pick<Collection, 'supposed'>>,
): Promise<AllocationGroup[]> {
  const { merchantId, cutoff } = collection;
  const { groups: charges } = await priceUnbilled(em, collection);
  const applied = appliedAdjustments(book, merchantId, cutoff);
  const bases = await adjustmentBases(em, collection, applied);
  const groups = [...charges, ...adjustmentLines(bases, applied, new Map())];
  const month = monthOf(cutoff);
  const scope = { settle: [month], month, consume: [], stream: 'monthly' as const };
  return [...groups, ...minimumLines({ book, merchantId }, groups, [], scope)];
}

const hasMinimums = ({ base, cards }: RateBook): boolean =>
  [base, ...cards.values()].some((card) => card?.versions.some(({ minimums }) => minimums.length > 0));
