import type { RawBuilder } from 'kysely';
import { BOOK_LOCK } from '../rate-book.ts';
import { firstRow, rows, sql, affected } from '../../../../shared/persistence/sql.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Finding, RowState, Stream } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { ContractTerms, MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

export type Step = 'draft' | 'approve' | 'finalize';

/** One merchant in one run, locked by the worker that carries out its next step. */
export interface RunRow {
  id: string;
  runId: string;
  merchantId: string;
  cutoff: string;
  /** The last bill of a contract. */
  final: boolean;
  streams: Stream[] | null;
  /** Streams that were finalized before, in a run that was limited at first. */
  doneStreams: Stream[];
  state: RowState;
  wanted: Step;
  wantedBy: string;
  findings: Finding[];
  /** Findings that finance let pass, and up to which total. */
  accepted: string[];
  acceptedGrossMinor: number | null;
  version: number;
  waitingSince: string | null;
  attempts: number;
  merchantFrozen: MerchantSnapshot | null;
}

const ROW = sql`id, run_id as "runId", merchant_id as "merchantId", cutoff, final, streams, state, wanted, wanted_by as "wantedBy", findings, accepted,
  accepted_gross_minor::float8 as "acceptedGrossMinor", version, done_streams as "doneStreams",
  waiting_since as "waitingSince", attempts, merchant_frozen as "merchantFrozen"`;

/**
 * Takes the next row that has a step to do and locks it until the transaction ends. A killed process loses nothing:
 * its lock goes with its connection. Where prices matter to the step, they stand still from here on. It opens its
 * transaction: the function sets the scope, so nothing else has to.
 * @param scope  what `kontor.scope` is set to
 */
export async function claimRow(em: EntityManager, scope: string): Promise<RunRow | undefined> {
  return firstRow<RunRow>(em, sql`select ${ROW} from billing.claim_run_row(${scope}, ${BOOK_LOCK})`);
}

export interface RowChange {
  state: RowState;
  wanted?: Step | null;
  findings?: Finding[];
  chargeCount?: number | null;
  netMinor?: number | null;
  grossMinor?: number | null;
  merchantFrozen?: MerchantSnapshot;
  approvedBy?: string;
  approvedAt?: Date;
  finalizedAt?: Date;
  doneStreams?: readonly Stream[];
  waitingSince?: Date | null;
  /** Looks again after so many seconds. */
  againInS?: number;
  /** Its charges are linked now: what was there by then and is unbilled afterwards is looked at by the self-check. */
  collected?: boolean;
}

/** Writes the outcome of a step; what `change` does not name stays. */
export async function updateRow(em: EntityManager, row: Pick<RunRow, 'id'>, change: RowChange): Promise<void> {
  await rows(em, rowUpdate(row, change));
}

/** The statement of {@link updateRow}, to be part of another one. */
export function rowUpdate(row: Pick<RunRow, 'id'>, change: RowChange): RawBuilder<unknown> {
  const keep = <Value>(value: Value | undefined, column: string) =>
    value === undefined ? sql.ref(column) : sql`${value}`;
  return sql`update run_merchant set state = ${change.state}, wanted = ${change.wanted ?? null}, attempts = 0, version = version + 1, updated_at = now(),
          findings = ${change.findings === undefined ? sql.ref('findings') : sql`${JSON.stringify(change.findings)}::jsonb`},
          charge_count = ${keep(change.chargeCount, 'charge_count')}, net_minor = ${keep(change.netMinor, 'net_minor')},
          gross_minor = ${keep(change.grossMinor, 'gross_minor')},
          merchant_frozen = ${change.merchantFrozen === undefined ? sql.ref('merchant_frozen') : sql`${JSON.stringify(change.merchantFrozen)}::jsonb`},
          approved_by = ${keep(change.approvedBy, 'approved_by')}, approved_at = ${keep(change.approvedAt?.toISOString(), 'approved_at')},
          finalized_at = ${keep(change.finalizedAt?.toISOString(), 'finalized_at')},
          done_streams = array(select distinct unnest(done_streams || ${[...(change.doneStreams ?? [])]}::text[])),
          waiting_since = ${change.waitingSince === undefined ? sql.ref('waiting_since') : sql`${change.waitingSince?.toISOString() ?? null}::timestamptz`},
          next_at = clock_timestamp() + ${change.againInS ?? 0} * interval '1 s'${change.collected ? sql`, collected_at = now()` : sql``}
        where id = ${row.id}`;
}

/** Adds a finding to a row, whatever state it is in. */
export async function addFinding(em: EntityManager, row: Pick<RunRow, 'id'>, finding: Finding): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set findings = findings || ${JSON.stringify([finding])}::jsonb where id = ${row.id}`,
  );
}

/**
 * Counts a failed step; after `maxAttempts` the row is parked with the error as its finding. It comes after the step's
 * rollback, or after a COMMIT whose answer was lost: when the row has moved on since it was claimed, nothing is written.
 */
export async function recordRowFailure(
  em: EntityManager,
  row: RunRow,
  finding: Finding,
  { waitMs, maxAttempts }: { waitMs: number; maxAttempts: number },
): Promise<void> {
  const parked = row.attempts + 1 >= maxAttempts && row.state !== 'approved';
  await rows(
    em,
    sql`update run_merchant set attempts = attempts + 1, next_at = clock_timestamp() + ${waitMs} * interval '1 ms',
          state = ${parked ? 'parked' : row.state}, wanted = ${parked ? null : row.wanted},
          findings = ${JSON.stringify([...row.findings.filter(({ code }) => code !== finding.code), finding])}::jsonb, updated_at = now()
        where id = ${row.id} and version = ${row.version}`,
  );
}

/**
 * Makes the rows of a run that do not exist yet. A row that was limited to some streams is widened to what is asked
 * for now, as long as it is not approved.
 * @returns how many rows were made or widened
 */
export async function insertRows(
  em: EntityManager,
  run: { id: string; cutoff: string },
  newRows: readonly { id: string; merchantId: string }[],
  { streams, startedBy }: { streams: readonly Stream[] | null; startedBy: string },
): Promise<number> {
  const made = await affected(
    em,
    sql`insert into run_merchant (id, run_id, merchant_id, cutoff, streams, state, wanted, wanted_by)
        select n.id, ${run.id}, n.merchant_id, ${run.cutoff}, ${streams}::text[], 'scheduled', 'draft', ${startedBy}
        from unnest(${newRows.map(({ id }) => id)}::uuid[], ${newRows.map(({ merchantId }) => merchantId)}::uuid[]) as n (id, merchant_id)
        order by n.merchant_id
        on conflict (run_id, merchant_id) do nothing`,
  );
  const widened = await affected(
    em,
    sql`update run_merchant m set state = 'scheduled', wanted = 'draft', wanted_by = ${startedBy}, next_at = clock_timestamp(), version = m.version + 1,
          streams = case when ${streams}::text[] is null then null else array(select distinct unnest(m.streams || ${streams}::text[])) end
        where m.run_id = ${run.id} and m.merchant_id = any(${newRows.map(({ merchantId }) => merchantId)}::uuid[])
          and m.state in ('scheduled', 'draft', 'parked', 'skipped') and m.streams is not null
          and (${streams}::text[] is null or not ${streams}::text[] <@ m.streams)`,
  );
  return made + widened;
}

/** Merchants that a run of this cut-off may concern: a contract that had begun, or something unbilled. */
export async function concernedMerchants(em: EntityManager, cutoff: string): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select m.merchant_id as "merchantId" from merchant_ref m
        where exists (select 1 from contract_ref c where c.merchant_id = m.merchant_id and c.starts_on <= ${cutoff})
           or exists (select 1 from charge c where c.merchant_id = m.merchant_id and c.line_id is null and c.state <> 'waived' and c.service_date <= ${cutoff})
        order by m.number`,
  );
  return found.map(({ merchantId }) => merchantId);
}

/** Asks for a step on rows in one of the given states. Returns the merchants concerned. */
export async function requestStep(
  em: EntityManager,
  runId: string,
  {
    step,
    from,
    by,
    merchantIds,
    exceptMerchantIds = [],
  }: {
    step: Step;
    from: readonly RowState[];
    by: string;
    merchantIds: readonly string[] | undefined;
    exceptMerchantIds?: readonly string[];
  },
): Promise<string[]> {
  const found = await rows<{ merchantId: string }>(
    em,
    sql`update run_merchant set wanted = ${step}, wanted_by = ${by}, next_at = clock_timestamp(), attempts = 0, version = version + 1, updated_at = now()
        where run_id = ${runId} and state = any(${[...from]}::text[]) and (wanted is null or wanted = 'draft')
          and (${merchantIds === undefined} or merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))
          and merchant_id <> all(${[...exceptMerchantIds]}::uuid[])
        returning merchant_id as "merchantId"`,
  );
  return found.map(({ merchantId }) => merchantId);
}

/** Remembers which findings finance lets pass in these rows. */
export async function acceptFindings(
  em: EntityManager,
  runId: string,
  merchantIds: readonly string[],
  codes: readonly string[],
): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set accepted = ${[...codes]}::text[], accepted_gross_minor = gross_minor where run_id = ${runId} and merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
}

export interface BillingMerchant {
  snapshot: MerchantSnapshot;
  /** The contract in force on the day, or the latest one before it. */
  contract: ContractTerms | undefined;
}

export async function findBillingMerchant(
  em: EntityManager,
  merchantId: string,
  day: string,
): Promise<BillingMerchant> {
  const found = await firstRow<{ snapshot: MerchantSnapshot }>(
    em,
    sql`select snapshot from merchant_ref where merchant_id = ${merchantId}`,
  );
  if (!found) throw new Error(`Merchant ${merchantId} is not known to billing`);
  return billingMerchant(found.snapshot, day);
}

export const billingMerchant = (snapshot: MerchantSnapshot, day: string): BillingMerchant => ({
  snapshot,
  contract: snapshot.contracts
    .filter(({ startsOn }) => startsOn <= day)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0],
});
