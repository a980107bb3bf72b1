import { firstDayOf, lastDayOf, type LocalMonth } from '../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../shared/kernel/decimal.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import type { ChargeFact } from '../domain/charge-fact.ts';
import { SOFTWARE_FEE, softwareFeeCharge } from '../domain/charge-types/software-fee.ts';

/** Which fees: of a finished month, or of the current one on its cut-off; without ids of all merchants. */
export interface Fees {
  month: LocalMonth;
  merchantIds?: readonly string[];
}

export interface FeeAndContract {
  merchantId: string;
  /** Days under contract with a fee. */
  activeDays: number;
  /** Of the fee that would come next. */
  revision: number;
  /** Days of the fee that stands. */
  measured: string;
}

/** What a month's fees are and what the contracts say they should be. */
export function feesAndContracts({ month, merchantIds }: Fees) {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const isAsked = sql`(${merchantIds === undefined} or merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))`;
  return sql<FeeAndContract>`
        with contracted as (
          select merchant_id, count(distinct d.day)::integer as days
          from contract_ref
          cross join lateral generate_series(greatest(starts_on, ${first}::date), least(coalesce(ends_on, ${last}::date), ${last}::date), interval '1 day') as d (day)
          where software_fee and starts_on <= ${last} and coalesce(ends_on, ${last}::date) >= ${first} and ${isAsked}
          group by merchant_id),
        charged as (
          select distinct on (merchant_id) merchant_id, source_event, revision, coalesce(trace ->> 'measured', quantity::text) as measured
          from charge where charge_type = 'software_fee' and source = ${SOFTWARE_FEE} and service_date = ${last} and ${isAsked}
          order by merchant_id, revision desc)
        select coalesce(d.merchant_id, f.merchant_id) as "merchantId", coalesce(d.days, 0) as "activeDays", coalesce(s.revision, f.revision, -1) + 1 as revision,
               case when f.revision >= coalesce(s.revision, f.revision) then f.measured else '0' end as measured
        from contracted d full join charged f on f.merchant_id = d.merchant_id
        left join charge_source s on s.source = ${SOFTWARE_FEE} and s.source_event = f.source_event
        order by 1`;
}

/** The fees that are not what the contracts say, as they should be; a quantity of 0 only takes back. */
export const outdatedAmong = (found: readonly FeeAndContract[], month: LocalMonth): ChargeFact[] =>
  found.flatMap(({ merchantId, activeDays, revision, measured }) => {
    const fee = softwareFeeCharge(merchantId, month, activeDays, revision);
    return fee.quantityMicros === parseMicros(measured) ? [] : fee;
  });
