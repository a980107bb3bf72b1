import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { monthOf } from '../../../../shared/kernel/dates.ts';
import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import { collectsUpTo, holdBefore, rowPeriods } from '../../domain/runs/periods.ts';
import { theIssuer } from '../issuer.ts';
import { bookQuestions } from '../rate-book.ts';
import { feesAndContracts, usersAndContracts } from '../software-fees.ts';
import { openSpecialJobs } from '../special-job-refs.ts';
import { storedDrafts } from './draft-invoices.ts';
import { eventsOnTheWay } from './events-on-the-way.ts';
import { billedByRow } from './limited-rows.ts';
import { monthEnds } from './month-ends.ts';
import { previousNets } from './previous-run.ts';
import {
  chargesToHold,
  earlierOpenRows,
  rerating,
  storageGaps,
  trailingGross,
  uninspectedReturns,
  worklists,
} from './run-facts.ts';
import type { RunRow } from './run-rows.ts';

/** Everything that decides what becomes of a row, as of one moment; {@link rowFacts} asks for it in one statement. */
export type RowFacts = Awaited<ReturnType<typeof rowFacts>>;

/**
 * The facts of a row, whether it is drafted or approved. What only month ends look at is left out at others.
 * @param endOfCutoff  the first instant after the cut-off day
 * @param today        days that have not come have no stock to be missing
 */
export async function rowFacts(
  em: EntityManager,
  row: RunRow,
  { endOfCutoff, today }: { endOfCutoff: Date; today: LocalDate },
) {
  const { merchantId, cutoff } = row;
  // the same whatever the contract says of fulfilment
  const month = rowPeriods(row, 'semiMonthly').find(({ stream }) => stream === 'monthly');
  const upTo = month && month.to < today ? month.to : today;
  const found = await askTogether(em, {
    merchant: sql<{ snapshot: MerchantSnapshot }>`select snapshot from merchant_ref where merchant_id = ${merchantId}`,
    issuer: theIssuer,
    ...bookQuestions([merchantId]),
    earlier: earlierOpenRows(merchantId, cutoff),
    rerating: rerating(merchantId),
    events: eventsOnTheWay(merchantId, endOfCutoff),
    toHold: chargesToHold(merchantId, holdBefore(cutoff)),
    worklists: worklists(merchantId, collectsUpTo(row)),
    trailing: trailingGross(merchantId, cutoff),
    previous: previousNets(merchantId, cutoff),
    stored: storedDrafts(row.id),
    billed: billedByRow(row),
    monthEnds: monthEnds(merchantId, cutoff),
    ...(month && {
      fees: feesAndContracts({ month: monthOf(cutoff), merchantIds: [merchantId] }),
      users: usersAndContracts({ month: monthOf(cutoff), merchantIds: [merchantId] }),
      gaps: storageGaps(merchantId, month.from, upTo),
      uninspected: uninspectedReturns(merchantId, cutoff),
      openJobs: openSpecialJobs(merchantId, cutoff),
    }),
  });
  const [merchant] = found.merchant;
  if (!merchant) throw new Error(`Merchant ${merchantId} is not known to billing`);
  return {
    fees: [],
    users: [],
    gaps: [],
    uninspected: [],
    openJobs: [],
    ...found,
    snapshot: merchant.snapshot,
    issuer: found.issuer[0]!,
    billed: found.billed[0]!,
  };
}
