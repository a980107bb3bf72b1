import { addDays, instantOf, localDateOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { contentFindings } from '../../domain/runs/content-findings.ts';
import { blocking, draftFindings, note } from '../../domain/runs/findings.ts';
import { sizeFindings } from '../../domain/runs/size-findings.ts';
import { withRemedy } from '../../domain/runs/remedies.ts';
import { rowFacts, type RowFacts } from '../../persistence/runs/row-facts.ts';
import { worklistIn } from '../../persistence/runs/run-facts.ts';
import type { RunRow } from '../../persistence/runs/run-rows.ts';
import type { RowDraft } from './compute-draft.ts';
import { contentFinding, contentsOf } from './content-finding.ts';
import { printFindings } from './print-findings.ts';

/** How long a draft waits for events that happened before the cut-off and are still on their way. */
const MAX_WAIT_MS = 15 * 60_000;

/** What drafting and approving a row goes by, as of now. The rate book must be locked, where it is to be priced. */
export const factsOf = (deps: BillingDeps, em: EntityManager, row: RunRow): Promise<RowFacts> =>
  rowFacts(em, row, {
    endOfCutoff: instantOf(addDays(row.cutoff, 1), '00:00', deps.config.KONTOR_ZONE),
    today: localDateOf(deps.now(), deps.config.KONTOR_ZONE),
  });

/** The earlier run of the merchant that somebody is at; one that is parked is carried over. */
export const openBefore = ({ earlier }: RowFacts) => earlier.find(({ state }) => state !== 'parked');

/** What a draft must wait for: an earlier run of the merchant, prices being changed, events still on their way. */
export function mustWait(deps: BillingDeps, row: RunRow, facts: RowFacts): Finding | undefined {
  const earlier = openBefore(facts);
  if (earlier)
    return blocking('EARLIER_RUN_OPEN', `The run of ${earlier.cutoff} is still open for this merchant`, {
      cutoff: earlier.cutoff,
    });
  if (facts.rerating.length) return note('RERATING', 'Charges are just getting the price of a changed card');
  const { pending } = facts.events[0]!;
  const waitedMs = row.waitingSince ? deps.now().getTime() - new Date(row.waitingSince).getTime() : 0;
  if (pending && waitedMs < MAX_WAIT_MS)
    return note('WAITING_FOR_EVENTS', `${pending} events before the cut-off are on their way`, { count: pending });
  return undefined;
}

/** What speaks against a draft, and what finance should know of it. The same before drafting and before approving. */
export async function checkRow(deps: BillingDeps, row: RunRow, draft: RowDraft, facts: RowFacts): Promise<Finding[]> {
  const { merchantId, cutoff } = row;
  const monthly = draft.due.some(({ stream }) => stream === 'monthly');
  const { pending, parked } = facts.events[0]!;
  const { checks } = facts.issuer;
  const streams = draft.due.map(({ stream }) => stream);
  const whole = wholeOf(draft, facts);
  const lines = draft.all.flatMap((document) => document.lines);
  const parties = { merchant: draft.merchant.snapshot, issuer: facts.issuer.profile };
  const content = contentFindings({
    ...{ ...parties, lines, cutoff },
    today: localDateOf(deps.now(), deps.config.KONTOR_ZONE),
    netMinor: whole.netMinor,
    previous: facts.previous[0],
    changePercent: checks.changePercent,
  });
  const others = [...content, ...sizeFindings(draft.drafts), ...(await printFindings({ ...parties, lines }))];
  const findings = draftFindings({
    ...worklistIn(facts.worklists, streams),
    gaps: monthly ? facts.gaps : [],
    uninspected: monthly ? facts.uninspected.map(({ number }) => number) : [],
    openJobs: monthly ? facts.openJobs.map(({ number }) => number) : [],
    undelivered: pending,
    parkedEvents: parked,
    carriedMinor: draft.carriedMinor,
    grossMinor: whole.grossMinor,
    trailingGross: facts.trailing.map(({ gross }) => gross),
    aboveUsualPercent: checks.aboveUsualPercent,
    final: row.final,
    // what is told in words of its own is not told once more
    others: others.some(({ blocks }) => blocks) ? others : [...others, ...contentFinding(contentsOf(draft))],
    invoiceEmails: draft.merchant.snapshot.invoiceEmails.length,
  });
  // what finance accepted holds up to the total it saw
  const isAccepted = ({ code }: Finding) =>
    row.accepted.includes(code) && whole.grossMinor <= (row.acceptedGrossMinor ?? 0);
  return findings.map((finding) =>
    withRemedy({ ...finding, blocks: finding.blocks && !isAccepted(finding) }, merchantId),
  );
}

/** What the row comes to with this draft, as the runs that it is compared with have all of their documents. */
const wholeOf = ({ drafts, netMinor, grossMinor }: RowDraft, { billed }: RowFacts) =>
  drafts.length
    ? { netMinor: billed.netMinor + netMinor, grossMinor: billed.grossMinor + grossMinor }
    : { netMinor, grossMinor };
