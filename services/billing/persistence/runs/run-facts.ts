import type { RawBuilder } from 'kysely';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql, affected } from '../../../../shared/persistence/sql.ts';
import type { HoldsBefore, Stream } from '../../domain/runs/periods.ts';
import { lockSurcharges, reasonToWait, waitingCredits } from './carrier-credits.ts';
import { billedByRow } from './limited-rows.ts';
import { isPair } from './pairs.ts';
import { isTooOld } from './too-old.ts';

/** A row when charges of the merchant wait for the price that a changed card gives them. */
export const rerating = (merchantId: string) =>
  sql`select 1 as one from charge where merchant_id = ${merchantId} and state = 'unrated' and trace ->> 'reason' = 'RERATING' limit 1`;

/** The merchant's rows of earlier cut-offs that are not done. */
export const earlierOpenRows = (merchantId: string, cutoff: string) =>
  sql<{ id: string; cutoff: string; final: boolean; state: string }>`
        select id, cutoff, final, state from run_merchant where merchant_id = ${merchantId} and cutoff < ${cutoff}
          and state in ('scheduled', 'draft', 'approved', 'parked') order by cutoff`;

/**
 * Carries a parked row over: its charges are unbilled, so the later run collects them. What it has finalized before it
 * was opened once more is what it goes on telling.
 */
export async function cancelParkedRow(em: EntityManager, row: { id: string; merchantId: string }): Promise<void> {
  const { id } = row;
  await rows(em, sql`delete from invoice where run_merchant_id = ${id} and state = 'draft'`);
  await rows(
    em,
    sql`update run_merchant m set state = 'cancelled', wanted = null, version = version + 1, updated_at = now(),
          (charge_count, net_minor, gross_minor) = (
            select billed."chargeCount", billed."netMinor", billed."grossMinor" from (${billedByRow(row)}) billed where cardinality(m.done_streams) > 0)
        where m.id = ${id} and m.state = 'parked'`,
  );
}

/** The later of the two days comes by itself, so that no charge is read that is too young for either. */
const oldOnes = (merchantId: string, holdsBefore: HoldsBefore) =>
  sql`select c.id, c.stream from charge c where c.merchant_id = ${merchantId} and c.line_id is null and c.state = 'accrued'
        and c.service_date < greatest(${holdsBefore.fulfilment}::date, ${holdsBefore.monthly}::date) and ${isTooOld('c', holdsBefore)}`;

/** The streams in which there is something for {@link holdCharges}. */
export const chargesToHold = (merchantId: string, before: LocalDate) =>
  sql<{ stream: Stream }>`
        select distinct stream from (${oldOnes(merchantId, { fulfilment: before, monthly: before })} union all ${waitingCredits(merchantId, before)}) found`;

/**
 * Holds what is older than the limit until finance releases it, and the carriers' credits that wait with a surcharge;
 * what a cancelled invoice released is exempt.
 * @param reason  of what is too old
 */
export async function holdCharges(
  em: EntityManager,
  merchantId: string,
  holdsBefore: HoldsBefore,
  reason: string,
): Promise<number> {
  await lockSurcharges(em, merchantId, holdsBefore.fulfilment);
  return affected(
    em,
    sql`update charge c set state = 'held', state_reason = case when held.is_credit then ${reasonToWait('c')} else ${reason} end
        from (select id, bool_or(is_credit) as is_credit from (
                select id, false as is_credit from (${oldOnes(merchantId, holdsBefore)}) old
                union all select id, true from (${waitingCredits(merchantId, holdsBefore.fulfilment)}) waiting) found group by id) held
        where c.id = held.id and c.merchant_id = ${merchantId} and c.line_id is null and c.state = 'accrued'`,
  );
}

export interface ChargeWorklist {
  unrated: number;
  /** Why they have no price: `NO_RULE`, `CARD_MISSING`, … */
  unratedReasons: string[];
  held: number;
}

/** The worklist of one stream; a charge and its negative twin that both want a price are worth nothing at any price. */
export interface StreamWorklist {
  stream: string;
  unrated: number;
  held: number;
  reasons: string[];
}

export const worklists = (merchantId: string, cutoff: string) =>
  sql<StreamWorklist>`
        select stream, count(*) filter (where state = 'unrated')::integer as unrated, count(*) filter (where state = 'held')::integer as held,
          coalesce(array_agg(distinct coalesce(trace ->> 'reason', 'NO_RULE')) filter (where state = 'unrated'), '{}') as reasons
        from charge c where merchant_id = ${merchantId} and state in ('unrated', 'held') and service_date <= ${cutoff}
          and not (state = 'unrated' and exists (
            select 1 from charge other where ${isPair('c', 'other')} and other.state = 'unrated'))
        group by stream`;

/** The worklists of some streams as one. */
export function worklistIn(found: readonly StreamWorklist[], streams: readonly string[]): ChargeWorklist {
  const members = found.filter(({ stream }) => streams.includes(stream));
  return {
    unrated: members.reduce((sum, { unrated }) => sum + unrated, 0),
    held: members.reduce((sum, { held }) => sum + held, 0),
    unratedReasons: [...new Set(members.flatMap(({ reasons }) => reasons))].toSorted(),
  };
}

export async function worklistOf(
  em: EntityManager,
  merchantId: string,
  cutoff: string,
  streams: readonly string[],
): Promise<ChargeWorklist> {
  return worklistIn(await rows(em, worklists(merchantId, cutoff)), streams);
}

/** The day after the last month end whose storage is billed for the merchant; before the first one that billing began. */
const storageBilledUpTo = (merchantId: string, monthStart: string) =>
  sql`coalesce(
          (select max(cutoff) + 1 from run_merchant where merchant_id = ${merchantId} and cutoff < ${monthStart}
             and extract(day from cutoff + 1) = 1 and state in ('finalized', 'delivered', 'skipped') and (streams is null or 'monthly' = any(streams || done_streams))),
          (select billing_starts_on from issuer))`;

/**
 * The first day to look for gaps from: the first that no run has billed, so that a gap in a month that was parked and
 * carried over goes on blocking; but never later than the period of this cut-off. What billed months turn out to lack is
 * looked for from the start of billing: a contract that was entered or changed late reaches into months that were billed
 * without it, and a warehouse may prove to have held goods on days that it never told of.
 */
const storageCheckedFrom = (merchantId: string, monthStart: string) =>
  sql`(select least(${monthStart}::date, case when exists (
            select 1 from contract_ref late
            cross join lateral (select greatest(late.starts_on, i.billing_starts_on) as first, least(coalesce(late.ends_on, b.day - 1), b.day - 1) as last) span
            where late.merchant_id = ${merchantId} and late.storage_method is not null and span.first <= span.last
              and ((select count(distinct h.day) from storage_header h where h.merchant_id = ${merchantId} and h.day between span.first and span.last)
                  < span.last - span.first + 1
                or exists (${silentWarehouses(merchantId)})))
          then i.billing_starts_on else b.day end)
        from issuer i cross join (select ${storageBilledUpTo(merchantId, monthStart)} as day) b)`;

/** Warehouses that held goods at a record of theirs and did not tell of the days after it, some of which lie in a `span`. */
const silentWarehouses = (merchantId: string) =>
  sql`select 1 from (select id, day, source, lead(day) over (partition by warehouse order by day) as next_day
                     from storage_header where merchant_id = ${merchantId}) told
      where told.next_day is distinct from told.day + 1
        and greatest(told.day + 1, span.first) <= least(told.next_day - 1, span.last)
        and told.source <> 'ledger' and exists (select 1 from storage_line l where l.header_id = told.id)`;

export interface StorageGap {
  day: LocalDate;
  /** The warehouse whose record is missing while others have theirs; `null` if the day has none at all. */
  warehouse: string | null;
}

/**
 * Days of a storage contract without a snapshot (billing.md, Storage: gaps block). A warehouse that held goods at its
 * last record has to tell of each day until it says that it is empty: its goods are not billed otherwise. The ledger
 * tells of all warehouses at once, and of none by itself.
 */
export const storageGaps = (merchantId: string, monthStart: string, to: string) =>
  gapsFrom(merchantId, storageCheckedFrom(merchantId, monthStart), to);

/** The same between two days, whatever of them is billed. */
export const storageGapsBetween = (merchantId: string, from: string, to: string) =>
  gapsFrom(merchantId, sql`${from}::date`, to);

const gapsFrom = (merchantId: string, from: RawBuilder<unknown>, to: string) =>
  sql<StorageGap>`
        select to_char(d.day, 'YYYY-MM-DD') as day, missing.warehouse
        from contract_ref c
        cross join lateral generate_series(greatest(c.starts_on, ${from}), least(coalesce(c.ends_on, ${to}::date), ${to}::date), interval '1 day') as d (day)
        cross join lateral (
          select count(*) > 0 as known, coalesce(bool_or(h.source = 'ledger'), false) as whole
          from storage_header h where h.merchant_id = c.merchant_id and h.day = d.day::date) recorded
        cross join lateral (
          select null::text as warehouse where not recorded.known
          union all
          select w.warehouse from (select distinct warehouse from storage_header where merchant_id = c.merchant_id) w
          where recorded.known and not recorded.whole
            and not exists (select 1 from storage_header h where h.merchant_id = c.merchant_id and h.warehouse = w.warehouse and h.day = d.day::date)
            and exists (select 1 from storage_line l where l.header_id =
              (select case when h.source <> 'ledger' then h.id end
               from storage_header h where h.merchant_id = c.merchant_id and h.warehouse = w.warehouse and h.day < d.day::date order by h.day desc limit 1))
        ) missing
        where c.merchant_id = ${merchantId} and c.storage_method is not null
        order by 1, 2`;

/** Returns that arrived by the cut-off and are not inspected. */
export const uninspectedReturns = (merchantId: string, cutoff: string) =>
  sql<{ number: string }>`
        select number from return_ref where merchant_id = ${merchantId} and inspected_on is null and received_on <= ${cutoff}
          and state not in ('cancelled', 'expired', 'lost') order by number limit 200`;

/** Gross of the merchant's invoices that stand in the three months before the cut-off's month, summed per run. */
export const trailingGross = (merchantId: string, cutoff: string) =>
  sql<{ gross: number }>`
        select sum(i.gross_minor) as gross from invoice i join run r on r.id = i.run_id
        where i.merchant_id = ${merchantId} and i.state = 'finalized' and i.corrects_id is null and r.cutoff < ${cutoff}
          and r.cutoff >= (date_trunc('month', ${cutoff}::date) - interval '3 months')::date
          -- like is compared with like: half-month runs with half-month runs
          and (extract(day from r.cutoff) = 15) = (extract(day from ${cutoff}::date) = 15)
        group by r.id`;
