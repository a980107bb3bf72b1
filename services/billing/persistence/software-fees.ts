import { firstDayOf, lastDayOf, type LocalMonth } from '../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../shared/kernel/decimal.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import type { ChargeFact } from '../domain/charge-fact.ts';
import {
  SOFTWARE_FEE,
  SOFTWARE_USERS,
  softwareFeeCharge,
  softwareUserCharge,
} from '../domain/charge-types/software-fee.ts';

/** Which fees: of a finished month, or of the current one on its cut-off; without ids of all merchants. */
export interface Fees {
  month: LocalMonth;
  merchantIds?: readonly string[];
}

export interface FeeAndContract {
  merchantId: string;
  /** Days under contract with a fee; of the fee per user those of all users. */
  activeDays: number;
  /** Of the fee that would come next. */
  revision: number;
  /** Days of the fee that stands. */
  measured: string;
}

/** What a month's fees are and what the contracts say they should be. */
export const feesAndContracts = (fees: Fees) => sql<FeeAndContract>`
        with ${contractedDays(fees)},
        wanted as (select merchant_id, count(*)::integer as days from contracted group by merchant_id),
        ${chargedFees(fees, 'software_fee', SOFTWARE_FEE)}
        ${compared} order by 1`;

/**
 * The same per user, of merchants whose cards price users at the end of the month: nobody else owes anything for them.
 * A user counts for a day when it may log in for the merchant at its end. A price that comes once the month is billed is
 * not charged backwards.
 */
export function usersAndContracts(fees: Fees) {
  const last = lastDayOf(fees.month);
  return sql<FeeAndContract>`
        with ${contractedDays(fees)},
        ${chargedFees(fees, 'software_user', SOFTWARE_USERS)},
        priced as (
          select m.merchant_id from (select merchant_id from contracted union select merchant_id from charged) m
          where exists (
            select 1 from (
              select distinct on (v.card_id) v.id from rate_card k join rate_version v on v.card_id = k.id
              where v.valid_from <= ${last} and (k.is_base or k.code = (
                select c.rate_card_code from contract_ref c where c.merchant_id = m.merchant_id and c.starts_on <= ${last}
                order by c.starts_on desc limit 1))
              order by v.card_id, v.valid_from desc, v.version desc) in_force
            join rate_rule r on r.version_id = in_force.id and r.charge_type = 'software_user')
          and (m.merchant_id in (select merchant_id from charged) or not exists (
            select 1 from run_merchant b where b.merchant_id = m.merchant_id and b.cutoff >= ${last}
              and (b.streams is null or 'monthly' = any(b.streams)) and b.state in ('approved', 'finalized', 'delivered')))),
        access as (
          select merchant_ids, changed_on as first, lead(changed_on) over (partition by user_id order by version) as until
          from merchant_access),
        wanted as (
          select p.merchant_id, count(a.first)::integer as days
          from priced p left join contracted c using (merchant_id)
          left join access a on p.merchant_id = any(a.merchant_ids) and a.first <= c.day and (a.until is null or c.day < a.until)
          group by p.merchant_id)
        ${compared} where d.merchant_id is not null and (d.days > 0 or f.merchant_id is not null) order by 1`;
}

const isAsked = ({ merchantIds }: Fees) =>
  sql`(${merchantIds === undefined} or merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))`;

function contractedDays(fees: Fees) {
  const [first, last] = [firstDayOf(fees.month), lastDayOf(fees.month)];
  return sql`contracted as (
          select distinct merchant_id, d.day::date as day
          from contract_ref
          cross join lateral generate_series(greatest(starts_on, ${first}::date), least(coalesce(ends_on, ${last}::date), ${last}::date), interval '1 day') as d (day)
          where software_fee and starts_on <= ${last} and coalesce(ends_on, ${last}::date) >= ${first} and ${isAsked(fees)})`;
}

const chargedFees = (fees: Fees, chargeType: string, source: string) => sql`charged as (
          select distinct on (merchant_id) merchant_id, source, source_event, revision, coalesce(trace ->> 'measured', quantity::text) as measured
          from charge where charge_type = ${chargeType} and source = ${source} and service_date = ${lastDayOf(fees.month)} and ${isAsked(fees)}
          order by merchant_id, revision desc)`;

/** What is wanted beside what stands; the revision of a fee that was taken back counts on. */
const compared = sql`
        select coalesce(d.merchant_id, f.merchant_id) as "merchantId", coalesce(d.days, 0) as "activeDays", coalesce(s.revision, f.revision, -1) + 1 as revision,
               case when f.revision >= coalesce(s.revision, f.revision) then f.measured else '0' end as measured
        from wanted d full join charged f on f.merchant_id = d.merchant_id
        left join charge_source s on s.source = f.source and s.source_event = f.source_event`;

/** The fees that are not what the contracts say, as they should be; a quantity of 0 only takes back. */
export const outdatedAmong = (
  { fees, users }: { fees: readonly FeeAndContract[]; users: readonly FeeAndContract[] },
  month: LocalMonth,
): ChargeFact[] => [...outdated(fees, month, softwareFeeCharge), ...outdated(users, month, softwareUserCharge)];

const outdated = (
  found: readonly FeeAndContract[],
  month: LocalMonth,
  chargeOf: typeof softwareFeeCharge,
): ChargeFact[] =>
  found.flatMap(({ merchantId, activeDays, revision, measured }) => {
    const fee = chargeOf(merchantId, month, activeDays, revision);
    return fee.quantityMicros === parseMicros(measured) ? [] : fee;
  });
