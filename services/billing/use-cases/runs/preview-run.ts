import { invalidField } from '../../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import { isInfrastructure } from '../../../../shared/persistence/transaction.ts';
import { undone } from '../../../../shared/persistence/undone.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { PreviewRow, runToolsActions } from '../../../../shared/protocol/billing/run-tools-actions.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { changePercent, compareSections } from '../../domain/runs/compare-sections.ts';
import { stepFailed } from '../../domain/runs/findings.ts';
import { isCutoff } from '../../domain/runs/periods.ts';
import { withRemedy } from '../../domain/runs/remedies.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { lockBookForRating } from '../../persistence/rate-book.ts';
import {
  findRowTerms,
  merchantsToPreview,
  unknownMerchants,
  type PreviewedMerchant,
} from '../../persistence/runs/preview-rows.ts';
import type { RunRow } from '../../persistence/runs/run-rows.ts';
import { factsOf, mustWait } from './check-row.ts';
import { draftAndCheck } from './draft-row.ts';

type Input = InputOf<typeof runToolsActions.previewBillingRun>;

/**
 * What a run of a cut-off would bill now (G2): the real draft of each merchant, in a transaction that is undone. Fees
 * that a draft would accrue are part of it, and nothing of it is written. A row that the run has already is looked at
 * as it is: with its streams, and with what it has billed.
 * @throws AppError 403
 * @throws InvalidInput when the day is no cut-off, there is no issuer, or a named merchant does not exist
 */
export async function previewRun(
  deps: BillingDeps,
  { cutoff, merchantIds, limit, cursor }: Input,
  actor: Actor,
): Promise<OutputOf<typeof runToolsActions.previewBillingRun>> {
  assertHouse(actor);
  const after = readCursor(cursor, ['text', 'id']);
  const merchants = await read(deps, actor, async (em) => {
    await assertPossible(em, cutoff, merchantIds);
    return merchantsToPreview(em, { cutoff, merchantIds, after, limit: limit + 1 });
  });
  const page = toPage(
    merchants,
    limit,
    ({ number, merchantId }) => [number, merchantId],
    (merchant) => merchant,
  );
  const items: PreviewRow[] = [];
  for (const merchant of page.items)
    items.push(
      await undone(deps.orm, 'staff', (em) => previewOf(deps, em, merchant, cutoff)).catch((error: unknown) =>
        failedPreview(deps, merchant, error),
      ),
    );
  return { ...page, items };
}

async function assertPossible(
  em: EntityManager,
  cutoff: string,
  merchantIds: readonly string[] | undefined,
): Promise<void> {
  if (!(await findIssuer(em))) throw invalidField('cutoff', 'ISSUER_MISSING', 'Say first who issues the invoices');
  const unknown = merchantIds ? await unknownMerchants(em, merchantIds) : [];
  if (merchantIds && unknown.length)
    throw invalidField(
      `merchantIds.${merchantIds.indexOf(unknown[0]!)}`,
      'MERCHANT_NOT_FOUND',
      'There is no such merchant',
    );
  if (!isCutoff(cutoff)) throw invalidField('cutoff', 'NOT_A_CUTOFF', 'A cut-off is a 15th or the last day of a month');
}

async function previewOf(
  deps: BillingDeps,
  em: EntityManager,
  { merchantId, number, name }: PreviewedMerchant,
  cutoff: string,
): Promise<PreviewRow> {
  const existing = await findRowTerms(em, merchantId, cutoff);
  const row = asRow(merchantId, cutoff, existing);
  await lockBookForRating(em);
  const facts = await factsOf(deps, em, row);
  const waitsFor = mustWait(deps, row, facts);
  const { draft, findings } = await draftAndCheck(deps, em, row, facts);
  const [previous] = facts.previous;
  const lines = draft.drafts.flatMap((document) => document.lines);
  return {
    id: merchantId,
    ...{ merchantId, merchantNumber: number, merchantName: name },
    state: existing?.state ?? null,
    chargeCount: draft.chargeCount,
    netMinor: draft.netMinor,
    vatMinor: draft.grossMinor - draft.netMinor,
    grossMinor: draft.grossMinor,
    carriedMinor: draft.carriedMinor,
    sections: compareSections(lines, previous?.sections),
    previous: previous
      ? {
          ...{ runId: previous.runId, cutoff: previous.cutoff, netMinor: previous.netMinor },
          changePercent: changePercent(draft.netMinor, previous.netMinor),
        }
      : null,
    findings: waitsFor ? [previewed(waitsFor), ...findings] : findings,
  };
}

/** What an open run before this one bills is unbilled until then, so it is part of what is previewed. */
const previewed = (finding: Finding): Finding =>
  finding.code === 'EARLIER_RUN_OPEN' ? { ...finding, data: { ...finding.data, included: true } } : finding;

/** One merchant that cannot be computed is told as a run tells it, beside the others (G7). */
function failedPreview(deps: BillingDeps, merchant: PreviewedMerchant, error: unknown): PreviewRow {
  if (isInfrastructure(error)) throw error;
  const { merchantId, number, name } = merchant;
  deps.log.error({ err: error, merchant: merchantId }, 'a merchant could not be previewed');
  return {
    ...{ id: merchantId, merchantId, merchantNumber: number, merchantName: name, state: null },
    ...{ chargeCount: 0, netMinor: 0, vatMinor: 0, grossMinor: 0, carriedMinor: null, sections: [], previous: null },
    findings: [withRemedy(stepFailed('draft', error), merchantId)],
  };
}

/** The row that is there, or one as a start would make it. */
const asRow = (merchantId: string, cutoff: string, existing: Partial<RunRow> | undefined): RunRow => ({
  id: uuidOf('preview', merchantId, cutoff),
  runId: uuidOf('preview', cutoff),
  ...{ merchantId, cutoff, final: false, issueCredit: false, streams: null, doneStreams: [], state: 'scheduled' },
  ...{ findings: [], accepted: [], acceptedGrossMinor: null, version: 1, waitingSince: null },
  ...existing,
  ...{ wanted: 'draft', wantedBy: 'preview', attempts: 0, merchantFrozen: null },
});
