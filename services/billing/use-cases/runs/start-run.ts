import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { RunView, runsActions, Stream } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { duePeriods, isCutoff } from '../../domain/runs/periods.ts';
import { findBillingMerchant } from '../../persistence/runs/billing-merchant.ts';
import { finalizedLimitedRows, reopenForStreams, widenLimitedRows } from '../../persistence/runs/limited-rows.ts';
import { concernedMerchants, insertRows } from '../../persistence/runs/requested-rows.ts';
import { runView } from '../../persistence/runs/run-views.ts';

/**
 * Starts the run of a cut-off or returns the one that exists; merchants that are not in it yet join (G4, G13). What
 * the rows need is done by the workers.
 * @throws AppError 403
 * @throws InvalidInput when the day is no cut-off, lies in the future or names an unknown merchant
 */
export async function startRun(
  deps: BillingDeps,
  input: InputOf<typeof runsActions.startBillingRun>,
  actor: Actor,
): Promise<RunView> {
  assertHouse(actor);
  if (!isCutoff(input.cutoff))
    throw invalidField('cutoff', 'NOT_A_CUTOFF', 'A cut-off is a 15th or the last day of a month');
  if (input.cutoff > localDateOf(deps.now(), deps.config.KONTOR_ZONE))
    throw invalidField('cutoff', 'CUTOFF_IN_FUTURE', 'A run starts on the day of its cut-off at the earliest');
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const runId = await createOrJoin(em, deps, { ...input, startedBy: actor.id, startedKind: 'user' }, audit);
    return runView(em, runId);
  });
  deps.wakers.get('run-rows')?.();
  return view;
}

export interface RunStart {
  cutoff: string;
  streams?: readonly Stream[] | undefined;
  merchantIds?: readonly string[] | undefined;
  startedBy: string;
  startedKind: 'user' | 'clock';
}

/** One run per issuer and cut-off, whoever starts it and however often (constraint). */
export async function createOrJoin(
  em: EntityManager,
  deps: BillingDeps,
  start: RunStart,
  audit: Audit,
): Promise<string> {
  const issuer = await firstRow<{ id: string }>(em, sql`select id from issuer`);
  if (!issuer) throw new RuleViolation('ISSUER_MISSING', 'Say first who issues the invoices: PUT /issuer');
  const run = await insertRun(em, deps, issuer.id, start);
  const merchantIds = start.merchantIds ?? (await concernedMerchants(em, start.cutoff));
  await assertKnown(em, start.merchantIds);
  const newRows = [...new Set(merchantIds)].map((merchantId) => ({ id: uuidv7(deps.now()), merchantId }));
  const asked = { streams: start.streams ?? null, startedBy: start.startedBy };
  const reopened = await reopenLimited(em, run.id, start, merchantIds);
  const added = await insertRows(em, { id: run.id, cutoff: start.cutoff }, newRows, asked);
  const widened = await widenLimitedRows(em, run.id, merchantIds, asked);
  const joined = added + widened + reopened;
  if (run.created || joined)
    audit({
      action: run.created ? 'billing-run.started' : 'billing-run.joined',
      entity: 'billing-run',
      entityId: run.id,
      merchantId: null,
      after: { cutoff: start.cutoff, merchants: joined, by: start.startedKind },
    });
  return run.id;
}

/** What a run that was limited to some streams left out can still join it, under a document of its own (G13). */
async function reopenLimited(
  em: EntityManager,
  runId: string,
  start: RunStart,
  merchantIds: readonly string[],
): Promise<number> {
  let reopened = 0;
  for (const row of await finalizedLimitedRows(em, runId, merchantIds)) {
    const { contract } = await findBillingMerchant(em, row.merchantId, start.cutoff);
    const missing = duePeriods(start.cutoff, contract?.fulfilmentCadence ?? 'semiMonthly')
      .map(({ stream }) => stream)
      .filter((stream) => !row.doneStreams.includes(stream) && (start.streams?.includes(stream) ?? true));
    if (!missing.length) continue;
    await reopenForStreams(em, row, missing, start.startedBy);
    reopened += 1;
  }
  return reopened;
}

/** The run of a cut-off, made when there is none. */
export async function insertRun(
  em: EntityManager,
  deps: BillingDeps,
  issuerId: string,
  start: Pick<RunStart, 'cutoff' | 'startedBy' | 'startedKind'>,
): Promise<{ id: string; created: boolean }> {
  const created = await firstRow<{ id: string }>(
    em,
    sql`insert into run (id, issuer_id, cutoff, started_by, started_kind, created_at)
        values (${uuidv7(deps.now())}, ${issuerId}, ${start.cutoff}, ${start.startedBy}, ${start.startedKind}, ${deps.now().toISOString()})
        on conflict (issuer_id, cutoff) do nothing returning id`,
  );
  if (created) return { id: created.id, created: true };
  const existing = await firstRow<{ id: string }>(
    em,
    sql`select id from run where issuer_id = ${issuerId} and cutoff = ${start.cutoff}`,
  );
  return { id: existing!.id, created: false };
}

async function assertKnown(em: EntityManager, merchantIds: readonly string[] | undefined): Promise<void> {
  if (!merchantIds) return;
  const known = await rows<{ id: string }>(
    em,
    sql`select merchant_id as id from merchant_ref where merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
  const missing = merchantIds.findIndex((id) => !known.some((found) => found.id === id));
  if (missing >= 0) throw invalidField(`merchantIds.${missing}`, 'MERCHANT_NOT_FOUND', 'There is no such merchant');
}
