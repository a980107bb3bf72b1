import {
  addMonths,
  firstDayOf,
  lastDayOf,
  localDateOf,
  monthOf,
  type LocalMonth,
} from '../../../../shared/kernel/dates.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { softwareFeeCharge } from '../../domain/charge-types/software-fee.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { chargeFacts } from './charge-facts.ts';

/**
 * Accrues the software fee of a month for every merchant that had a contract with one, by its days under contract.
 * Again, or by two at once, it adds nothing (D12). The transaction must see all merchants.
 * @param month  a finished month, or the current one on its cut-off
 * @returns how many fees are new
 */
export async function accrueSoftwareFees(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  { month, merchantIds }: { month: LocalMonth; merchantIds?: readonly string[] },
): Promise<number> {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const due = await rows<{ merchantId: string; activeDays: string }>(
    em,
    sql`select c.merchant_id as "merchantId", count(distinct d.day) as "activeDays"
        from contract_ref c
        cross join lateral generate_series(greatest(c.starts_on, ${first}::date), least(coalesce(c.ends_on, ${last}::date), ${last}::date), interval '1 day') as d (day)
        where c.software_fee and c.starts_on <= ${last} and coalesce(c.ends_on, ${last}::date) >= ${first}
          and (${merchantIds === undefined} or c.merchant_id = any(${[...(merchantIds ?? [])]}::uuid[]))
          and not exists (select 1 from charge f where f.charge_type = 'software_fee' and f.merchant_id = c.merchant_id and f.service_date = ${last})
        group by c.merchant_id order by c.merchant_id`,
  );
  return chargeFacts(
    deps,
    em,
    due.map(({ merchantId, activeDays }) => softwareFeeCharge(merchantId, month, Number(activeDays))),
  );
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
