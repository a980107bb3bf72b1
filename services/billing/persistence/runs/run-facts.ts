import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql, affected } from '../../../../shared/persistence/sql.ts';

/** Consumers whose events become charges. */
const CHARGING = 'billing.charge-%';

/** Events of a merchant that happened by the end of the cut-off day and have not become charges. */
export interface EventsOnTheWay {
  /** They will, by themselves. */
  pending: number;
  /** Someone must look at them: they failed too often. */
  parked: number;
}

export async function eventsOnTheWay(
  em: EntityManager,
  merchantId: string,
  endOfCutoff: Date,
): Promise<EventsOnTheWay> {
  const found = await firstRow<{ pending: string; parked: string }>(
    em,
    sql`select count(*) filter (where parked_at is null) as pending, count(*) filter (where parked_at is not null) as parked
        from (select d.parked_at from messaging.delivery d join messaging.event e on e.id = d.event_id
              where d.consumer like ${CHARGING} and d.done_at is null and d.occurred_at < ${endOfCutoff.toISOString()}
                and e.merchant_id = ${merchantId} limit 1000) waiting`,
  );
  return { pending: Number(found!.pending), parked: Number(found!.parked) };
}

/** Whether charges of the merchant wait for the price that a changed card gives them. */
export async function isRerating(em: EntityManager, merchantId: string): Promise<boolean> {
  const found = await firstRow(
    em,
    sql`select 1 from charge where merchant_id = ${merchantId} and state = 'unrated' and trace ->> 'reason' = 'RERATING' limit 1`,
  );
  return found !== undefined;
}

/** The merchant's rows of earlier cut-offs that are not done. */
export async function earlierOpenRows(
  em: EntityManager,
  merchantId: string,
  cutoff: string,
): Promise<{ id: string; cutoff: string; final: boolean; state: string }[]> {
  return rows(
    em,
    sql`select id, cutoff, final, state from run_merchant where merchant_id = ${merchantId} and cutoff < ${cutoff}
          and state in ('scheduled', 'draft', 'approved', 'parked') order by cutoff`,
  );
}

/** Carries a parked row over: its charges are unbilled, so the later run collects them. */
export async function cancelParkedRow(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`delete from invoice where run_merchant_id = ${id} and state = 'draft'`);
  await rows(
    em,
    sql`update run_merchant set state = 'cancelled', wanted = null, version = version + 1, updated_at = now() where id = ${id} and state = 'parked'`,
  );
}

/** Holds what is older than the limit until finance releases it; what a cancelled invoice released is exempt. */
export async function holdOldCharges(
  em: EntityManager,
  merchantId: string,
  before: string,
  reason: string,
): Promise<number> {
  return affected(
    em,
    sql`update charge set state = 'held', state_reason = ${reason}
        where merchant_id = ${merchantId} and line_id is null and state = 'accrued' and service_date < ${before} and not late_exempt`,
  );
}

export interface ChargeWorklist {
  unrated: number;
  /** Why they have no price: `NO_RULE`, `CARD_MISSING`, … */
  unratedReasons: string[];
  held: number;
}

export async function worklistOf(
  em: EntityManager,
  merchantId: string,
  cutoff: string,
  streams: readonly string[],
): Promise<ChargeWorklist> {
  const found = await firstRow<{ unrated: string; held: string; reasons: string[] | null }>(
    em,
    sql`select count(*) filter (where state = 'unrated') as unrated, count(*) filter (where state = 'held') as held,
          array_agg(distinct coalesce(trace ->> 'reason', 'NO_RULE')) filter (where state = 'unrated') as reasons
        from charge where merchant_id = ${merchantId} and state in ('unrated', 'held') and service_date <= ${cutoff} and stream = any(${[...streams]}::text[])`,
  );
  return { unrated: Number(found!.unrated), held: Number(found!.held), unratedReasons: found!.reasons ?? [] };
}

/**
 * The first day whose storage no run has billed: after the last month end that is done for the merchant, from the
 * start of billing otherwise, but never later than the period of this cut-off. A gap in a month that was parked and
 * carried over so goes on blocking.
 */
export async function storageUnbilledFrom(em: EntityManager, merchantId: string, monthStart: string): Promise<string> {
  const found = await firstRow<{ day: string }>(
    em,
    sql`select to_char(least(${monthStart}::date, coalesce(
          (select max(cutoff) + 1 from run_merchant where merchant_id = ${merchantId} and cutoff < ${monthStart}
             and extract(day from cutoff + 1) = 1 and state in ('finalized', 'delivered', 'skipped') and (streams is null or 'monthly' = any(streams || done_streams))),
          (select billing_starts_on from issuer))), 'YYYY-MM-DD') as day`,
  );
  return found!.day;
}

export interface StorageGap {
  day: LocalDate;
  /** The warehouse whose record is missing while others have theirs; `null` if the day has none at all. */
  warehouse: string | null;
}

/**
 * Days of a storage contract without a snapshot (billing.md, Storage: gaps block). A warehouse that held goods at its
 * last record has to tell of each day until it says that it is empty: its goods are not billed otherwise.
 */
export async function storageGaps(
  em: EntityManager,
  merchantId: string,
  from: string,
  to: string,
): Promise<StorageGap[]> {
  return rows<StorageGap>(
    em,
    sql`select to_char(d.day, 'YYYY-MM-DD') as day, missing.warehouse
        from contract_ref c
        cross join lateral generate_series(greatest(c.starts_on, ${from}::date), least(coalesce(c.ends_on, ${to}::date), ${to}::date), interval '1 day') as d (day)
        cross join lateral (select exists (select 1 from storage_header h where h.merchant_id = c.merchant_id and h.day = d.day::date) as known) recorded
        cross join lateral (
          select null::text as warehouse where not recorded.known
          union all
          select w.warehouse from (select distinct warehouse from storage_header where merchant_id = c.merchant_id) w
          where recorded.known
            and not exists (select 1 from storage_header h where h.merchant_id = c.merchant_id and h.warehouse = w.warehouse and h.day = d.day::date)
            and exists (select 1 from storage_line l where l.header_id =
              (select h.id from storage_header h where h.merchant_id = c.merchant_id and h.warehouse = w.warehouse and h.day < d.day::date order by h.day desc limit 1))
        ) missing
        where c.merchant_id = ${merchantId} and c.storage_method is not null
        order by 1, 2`,
  );
}

/** Returns that arrived by the cut-off and are not inspected. */
export async function uninspectedReturns(em: EntityManager, merchantId: string, cutoff: string): Promise<string[]> {
  const found = await rows<{ number: string }>(
    em,
    sql`select number from return_ref where merchant_id = ${merchantId} and inspected_on is null and received_on <= ${cutoff}
          and state not in ('cancelled', 'expired', 'lost') order by number limit 200`,
  );
  return found.map(({ number }) => number);
}

/** Gross of the merchant's finalized invoices in the three months before the cut-off's month, summed per run. */
export async function trailingGross(em: EntityManager, merchantId: string, cutoff: string): Promise<number[]> {
  const found = await rows<{ gross: string }>(
    em,
    sql`select sum(i.gross_minor) as gross from invoice i join run r on r.id = i.run_id
        where i.merchant_id = ${merchantId} and i.state = 'finalized' and r.cutoff < ${cutoff}
          and r.cutoff >= (date_trunc('month', ${cutoff}::date) - interval '3 months')::date
          -- like is compared with like: half-month runs with half-month runs
          and (extract(day from r.cutoff) = 15) = (extract(day from ${cutoff}::date) = 15)
        group by r.id`,
  );
  return found.map(({ gross }) => Number(gross));
}

/** Of some months, those whose month end a run of the merchant came to. */
export async function monthsWithRun(
  em: EntityManager,
  merchantId: string,
  months: readonly string[],
): Promise<string[]> {
  if (!months.length) return [];
  const found = await rows<{ month: string }>(
    em,
    sql`select distinct to_char(cutoff, 'YYYY-MM') as month from run_merchant
        where merchant_id = ${merchantId} and (extract(day from cutoff + 1) = 1 or final) and to_char(cutoff, 'YYYY-MM') = any(${[...months]}::text[])`,
  );
  return found.map(({ month }) => month);
}
