import {
  addMonths,
  firstDayOf,
  lastDayOf,
  localDateOf,
  monthOf,
  type LocalMonth,
} from '../../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../../shared/kernel/decimal.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { SOFTWARE_FEE, softwareFeeCharge } from '../../domain/charge-types/software-fee.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { lockBookForRating } from '../../persistence/rate-book.ts';
import { chargeCorrectable } from './charge-facts.ts';

/** Which fees: of a finished month, or of the current one on its cut-off; without ids of all merchants. */
interface Fees {
  month: LocalMonth;
  merchantIds?: readonly string[];
}

/**
 * Accrues the software fee of a month for every merchant that had a contract with one, by its days under contract.
 * Again, or by two at once, it adds nothing (D12). Days that changed since, by a contract that was ended or entered
 * late, make the next revision: billed or waived, the earlier fee is taken back as it was, and the new one is owed.
 * The transaction must see all merchants.
 * @returns how many fees are new
 */
export async function accrueSoftwareFees(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  fees: Fees,
): Promise<number> {
  if (!(await outdatedFees(em, fees)).length) return 0;
  // from here on contracts stand still; a month that is as it should be waits for nobody
  await lockBookForRating(em);
  const due = await outdatedFees(em, fees);
  return chargeCorrectable(
    deps,
    em,
    SOFTWARE_FEE,
    due,
    due.filter(({ quantityMicros }) => quantityMicros > 0n),
  );
}

/** The same for every month that these merchants have a fee of, after their contracts changed. */
export async function correctSoftwareFees(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  merchantIds: readonly string[],
): Promise<void> {
  if (!merchantIds.length) return;
  const charged = await rows<{ month: LocalMonth }>(
    em,
    sql`select distinct service_month as month from charge
        where charge_type = 'software_fee' and merchant_id = any(${[...merchantIds]}::uuid[]) order by month`,
  );
  for (const { month } of charged) await accrueSoftwareFees(em, deps, { month, merchantIds });
}

/** The fees that are not what the contracts say, as they should be; a quantity of 0 only takes back. */
async function outdatedFees(em: EntityManager, { month, merchantIds }: Fees): Promise<ChargeFact[]> {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const isAsked = sql`(${merchantIds === undefined} or merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))`;
  const found = await rows<{ merchantId: string; activeDays: number; revision: number; measured: string }>(
    em,
    sql`with contracted as (
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
        order by 1`,
  );
  return found.flatMap(({ merchantId, activeDays, revision, measured }) => {
    const fee = softwareFeeCharge(merchantId, month, activeDays, revision);
    return fee.quantityMicros === parseMicros(measured) ? [] : fee;
  });
}

/** The worker's round: every finished month since billing started, so that downtime is caught up. */
export async function accrueFinishedMonths(deps: BillingDeps): Promise<number> {
  const actor = serviceActor('billing', uuidv7(deps.now()));
  const issuer = await read(deps, actor, findIssuer);
  if (!issuer) return 0;
  const current = monthOf(localDateOf(deps.now(), deps.config.KONTOR_ZONE));
  let accrued = 0;
  for (let month = monthOf(issuer.billingStartsOn); month < current; month = addMonths(month, 1))
    accrued += await transact(deps, actor, (em) => accrueSoftwareFees(em, deps, { month }));
  return accrued;
}
