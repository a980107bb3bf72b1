import type { LocalMonth } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { CORRECTED_SOURCES, reversalOf } from '../domain/charge-types/index.ts';
import type { FactGroup } from '../domain/what-if.ts';
import { LIVE_LINES } from './runs/allocations.ts';

const REVERSALS = CORRECTED_SOURCES.map(reversalOf);

/** What was charged for a service month, by all that a price depends on; held and waived charges left out. */
export async function factsOfMonth(em: EntityManager, merchantId: string, month: LocalMonth): Promise<FactGroup[]> {
  return rows<FactGroup>(
    em,
    sql`select c.stream, c.section, c.charge_type as "chargeType", c.service_date as "serviceDate", c.unit, c.attributes,
               c.amount_minor::float8 as "amountMinor", m.measured::text as measured, count(*)::int as charges,
               count(*) filter (where c.state = 'unrated')::int as unrated
        from charge c
        cross join lateral (
          -- the twin of a charge that was taken back tells what the original measured
          select coalesce((c.trace ->> 'measured')::numeric * case when c.source = any(${REVERSALS}::text[]) then -1 else 1 end, c.quantity) as measured
        ) m
        where c.merchant_id = ${merchantId} and c.service_date between ${`${month}-01`}::date and (${`${month}-01`}::date + interval '1 month - 1 day')::date
          and c.state in ('accrued', 'unrated')
        group by c.stream, c.section, c.charge_type, c.service_date, c.unit, c.attributes, c.amount_minor, m.measured
        order by c.service_date`,
  );
}

/** Charges of a service month that are on neither side of a comparison. */
export async function setAside(
  em: EntityManager,
  merchantId: string,
  month: LocalMonth,
): Promise<{ held: number; waived: number }> {
  const found = await firstRow<{ held: number; waived: number }>(
    em,
    sql`select count(*) filter (where state = 'held')::int as held, count(*) filter (where state = 'waived')::int as waived
        from charge where merchant_id = ${merchantId} and state in ('held', 'waived')
          and service_date between ${`${month}-01`}::date and (${`${month}-01`}::date + interval '1 month - 1 day')::date`,
  );
  return found!;
}

/** Net of the live lines of a service month by section. */
export async function billedSections(
  em: EntityManager,
  merchantId: string,
  month: LocalMonth,
): Promise<{ section: string; netMinor: number }[]> {
  return rows(
    em,
    sql`select l.section, sum(l.net_minor)::float8 as "netMinor" from ${LIVE_LINES}
        where l.merchant_id = ${merchantId} and l.service_month = ${month} group by l.section`,
  );
}

/**
 * Merchants in the order of their ids.
 * @param among  named ones, those whose contracts name a card, or all
 */
export async function merchantPage(
  em: EntityManager,
  among: { ids: readonly string[] } | { cardCode: string } | 'all',
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const condition =
    among === 'all'
      ? sql`true`
      : 'ids' in among
        ? sql`merchant_id = any(${[...among.ids]}::uuid[])`
        : sql`exists (select 1 from contract_ref c where c.merchant_id = m.merchant_id and c.rate_card_code = ${among.cardCode})`;
  const found = await rows<{ merchantId: string }>(
    em,
    sql`select merchant_id as "merchantId" from merchant_ref m
        where ${condition} ${after === undefined ? sql`` : sql`and merchant_id > ${after}`} order by merchant_id limit ${limit}`,
  );
  return found.map(({ merchantId }) => merchantId);
}
