import type { RawBuilder } from 'kysely';
import { BOOK_LOCK } from '../rate-book.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Finding, RowState, Stream } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

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
  /** A negative total is issued as a credit note; of a final row always. */
  issueCredit: boolean;
}

const ROW = sql`id, run_id as "runId", merchant_id as "merchantId", cutoff, final, streams, state, wanted, wanted_by as "wantedBy", findings, accepted,
  accepted_gross_minor::float8 as "acceptedGrossMinor", version, done_streams as "doneStreams",
  waiting_since as "waitingSince", attempts, merchant_frozen as "merchantFrozen", issue_credit as "issueCredit"`;

/**
 * Takes the next row that has a step to do and locks it until the transaction ends. A killed process loses nothing:
 * its lock goes with its connection. Where prices matter to the step, they stand still from here on, and no other row
 * of the merchant takes such a step: what each of them could bill, such as a minimum, is billed by one. It opens its
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
          next_at = clock_timestamp() + ${change.againInS ?? 0} * interval '1 s'${change.collected ? COLLECTED : sql``}
        where id = ${row.id}`;
}

/** A second document for other streams changes nothing of when those of the first were collected. */
const COLLECTED = sql`, collected_at = case when cardinality(done_streams) = 0 then now() else collected_at end`;

/** Adds a finding to a row, whatever state it is in. */
export async function addFinding(em: EntityManager, row: Pick<RunRow, 'id'>, finding: Finding): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set findings = findings || ${JSON.stringify([finding])}::jsonb where id = ${row.id}`,
  );
}

/**
 * Counts a failed step and keeps its error as a finding of the row, which is parked once the step is given up. It comes
 * after the step's rollback, or after a COMMIT whose answer was lost: when the row has moved on since it was claimed,
 * nothing is written.
 */
export async function recordRowFailure(
  em: EntityManager,
  row: RunRow,
  finding: Finding,
  { waitMs, parked }: { waitMs: number; parked: boolean },
): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set attempts = attempts + 1, next_at = clock_timestamp() + ${waitMs} * interval '1 ms',
          state = ${parked ? 'parked' : row.state}, wanted = ${parked ? null : row.wanted},
          findings = ${JSON.stringify([...row.findings.filter(({ code }) => code !== finding.code), finding])}::jsonb, updated_at = now()
        where id = ${row.id} and version = ${row.version}`,
  );
}
