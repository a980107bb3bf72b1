import { addDays, instantOf, localDateOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { contentFindings } from '../../domain/runs/content-findings.ts';
import { blocking, draftFindings, note } from '../../domain/runs/findings.ts';
import { collectsUpTo } from '../../domain/runs/periods.ts';
import { withRemedy } from '../../domain/runs/remedies.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { previousNets } from '../../persistence/runs/previous-run.ts';
import {
  earlierOpenRows,
  eventsOnTheWay,
  isRerating,
  storageGaps,
  storageUnbilledFrom,
  trailingGross,
  uninspectedReturns,
  worklistOf,
} from '../../persistence/runs/run-facts.ts';
import { openSpecialJobs } from '../../persistence/special-job-refs.ts';
import type { RunRow } from '../../persistence/runs/run-rows.ts';
import type { RowDraft } from './draft-row.ts';

/** How long a draft waits for events that happened before the cut-off and are still on their way. */
const MAX_WAIT_MS = 15 * 60_000;

/** What a draft must wait for: an earlier run of the merchant, prices being changed, events still on their way. */
export async function mustWait(deps: BillingDeps, em: EntityManager, row: RunRow): Promise<Finding | undefined> {
  const earlier = (await earlierOpenRows(em, row.merchantId, row.cutoff)).find(({ state }) => state !== 'parked');
  if (earlier)
    return blocking('EARLIER_RUN_OPEN', `The run of ${earlier.cutoff} is still open for this merchant`, {
      cutoff: earlier.cutoff,
    });
  if (await isRerating(em, row.merchantId))
    return note('RERATING', 'Charges are just getting the price of a changed card');
  const { pending } = await eventsOnTheWay(em, row.merchantId, endOf(deps, row));
  const waitedMs = row.waitingSince ? deps.now().getTime() - new Date(row.waitingSince).getTime() : 0;
  if (pending && waitedMs < MAX_WAIT_MS)
    return note('WAITING_FOR_EVENTS', `${pending} events before the cut-off are on their way`, { count: pending });
  return undefined;
}

/** What speaks against a draft, and what finance should know of it. The same before drafting and before approving. */
export async function checkRow(deps: BillingDeps, em: EntityManager, row: RunRow, draft: RowDraft): Promise<Finding[]> {
  const { merchantId, cutoff } = row;
  const monthly = draft.due.find(({ stream }) => stream === 'monthly');
  const streams = draft.due.map(({ stream }) => stream);
  const { pending, parked } = await eventsOnTheWay(em, merchantId, endOf(deps, row));
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const { checks } = (await findIssuer(em))!;
  const findings = draftFindings({
    ...(await worklistOf(em, merchantId, collectsUpTo(row), streams)),
    gaps: monthly
      ? await storageGaps(
          em,
          merchantId,
          await storageUnbilledFrom(em, merchantId, monthly.from),
          earlier(monthly.to, today),
        )
      : [],
    uninspected: monthly ? await uninspectedReturns(em, merchantId, cutoff) : [],
    openJobs: monthly ? await openSpecialJobs(em, merchantId, cutoff) : [],
    undelivered: pending,
    parkedEvents: parked,
    carriedMinor: draft.carriedMinor,
    grossMinor: draft.grossMinor,
    trailingGross: await trailingGross(em, merchantId, cutoff),
    aboveUsualPercent: checks.aboveUsualPercent,
    final: row.final,
    others: contentFindings({
      merchant: draft.merchant.snapshot,
      lines: draft.all.flatMap(({ lines }) => lines),
      cutoff,
      today,
      netMinor: draft.netMinor,
      previous: await previousNets(em, merchantId, cutoff),
      changePercent: checks.changePercent,
    }),
    invoiceEmails: draft.merchant.snapshot.invoiceEmails.length,
  });
  // what finance accepted holds up to the total it saw
  const isAccepted = ({ code }: Finding) =>
    row.accepted.includes(code) && draft.grossMinor <= (row.acceptedGrossMinor ?? 0);
  return findings.map((finding) =>
    withRemedy({ ...finding, blocks: finding.blocks && !isAccepted(finding) }, merchantId),
  );
}

/** Days that have not come have no stock to be missing. */
const earlier = (day: string, today: string): string => (day < today ? day : today);

const endOf = (deps: BillingDeps, row: RunRow): Date =>
  instantOf(addDays(row.cutoff, 1), '00:00', deps.config.KONTOR_ZONE);
