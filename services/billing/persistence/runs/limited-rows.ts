import type { RawBuilder } from 'kysely';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { Stream } from '../../../../shared/protocol/billing/runs-actions.ts';

/** A finalized row of a run that was limited to some streams. */
export interface LimitedRow {
  id: string;
  merchantId: string;
  doneStreams: Stream[];
}

export async function finalizedLimitedRows(
  em: EntityManager,
  runId: string,
  merchantIds: readonly string[],
): Promise<LimitedRow[]> {
  return rows(
    em,
    sql`select id, merchant_id as "merchantId", done_streams as "doneStreams" from run_merchant
        where run_id = ${runId} and streams is not null and state in ('finalized', 'delivered') and merchant_id = any(${[...merchantIds]}::uuid[]) for update`,
  );
}

/** Opens a finalized row once more for the streams it left out; what is finalized stays as it is. */
export async function reopenForStreams(
  em: EntityManager,
  row: LimitedRow,
  streams: readonly Stream[],
  startedBy: string,
): Promise<void> {
  await rows(
    em,
    sql`update run_merchant set state = 'scheduled', wanted = 'draft', wanted_by = ${startedBy}, streams = ${[...streams]}::text[],
          next_at = clock_timestamp(), version = version + 1 where id = ${row.id}`,
  );
}

/**
 * Widens rows that were limited to some streams to what is asked for now, as long as they are not approved. A row that
 * was opened once more keeps to the streams it left out: what came for the others since is late, in the next run.
 * @param streams  null is all that are due
 * @returns how many rows were widened
 */
export async function widenLimitedRows(
  em: EntityManager,
  runId: string,
  merchantIds: readonly string[],
  { streams, startedBy }: { streams: readonly Stream[] | null; startedBy: string },
): Promise<number> {
  return affected(
    em,
    sql`update run_merchant m set state = 'scheduled', wanted = 'draft', wanted_by = ${startedBy}, next_at = clock_timestamp(), version = m.version + 1,
          streams = case when ${streams}::text[] is null then null else array(select distinct unnest(m.streams || ${streams}::text[])) end
        where m.run_id = ${runId} and m.merchant_id = any(${[...merchantIds]}::uuid[])
          and m.state in ('scheduled', 'draft', 'parked', 'skipped') and m.streams is not null and cardinality(m.done_streams) = 0
          and (${streams}::text[] is null or not ${streams}::text[] <@ m.streams)`,
  );
}

/** What a row has billed for good, whatever became of it since. */
export interface BilledTotals {
  chargeCount: number;
  netMinor: number;
  grossMinor: number;
  /** Which of its documents stand (`keyOf`). */
  standing: string[];
}

/** The totals of a row's finalized documents: a row that is opened once more, or then given up, goes on counting them. */
export const billedByRow = ({ id, merchantId }: { id: string; merchantId: string }) =>
  sql<BilledTotals>`
        select coalesce(sum(i.net_minor), 0)::float8 as "netMinor", coalesce(sum(i.gross_minor), 0)::float8 as "grossMinor",
               coalesce(sum((select sum(l.charge_count) from invoice_line l where l.invoice_id = i.id)), 0)::float8 as "chargeCount",
               coalesce(jsonb_agg(i.split || ' ' || i.tax_group), '[]') as standing
        from invoice i where i.merchant_id = ${merchantId} and i.run_merchant_id = ${id} and i.state = 'finalized' and i.corrects_id is null`;

/** Finalized rows whose invoices have all reached somebody are delivered. @param among  ids of rows */
export async function markDelivered(em: EntityManager, among: RawBuilder<unknown>): Promise<void> {
  await rows(
    em,
    sql`update run_merchant m set state = 'delivered', version = m.version + 1, updated_at = now()
        where m.state = 'finalized' and m.id in (${among})
          and not exists (select 1 from invoice i join invoice_status s on s.invoice_id = i.id
                          where i.run_merchant_id = m.id and i.state = 'finalized' and i.corrects_id is null and s.delivery <> 'sent')`,
  );
}
