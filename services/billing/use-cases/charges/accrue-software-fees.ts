import { addMonths, localDateOf, monthOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { feesAndContracts, outdatedAmong, usersAndContracts, type Fees } from '../../persistence/software-fees.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { lockBookForRating } from '../../persistence/rate-book.ts';
import { chargeCorrectable } from './charge-facts.ts';

/**
 * Accrues the software fee of a month for every merchant that had a contract with one, by its days under contract, and
 * where the cards price users, by theirs.
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
  let accrued = 0;
  for (const [source, due] of Map.groupBy(await outdatedFees(em, fees), (fee) => fee.source)) {
    const owed = due.filter(({ quantityMicros }) => quantityMicros > 0n);
    accrued += await chargeCorrectable(deps, em, source, due, owed);
  }
  return accrued;
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
        where charge_type in ('software_fee', 'software_user') and merchant_id = any(${[...merchantIds]}::uuid[]) order by month`,
  );
  for (const { month } of charged) await accrueSoftwareFees(em, deps, { month, merchantIds });
}

/** The fees that are not what the contracts say, as they should be; a quantity of 0 only takes back. */
async function outdatedFees(em: EntityManager, fees: Fees): Promise<ChargeFact[]> {
  const found = await askTogether(em, { fees: feesAndContracts(fees), users: usersAndContracts(fees) });
  return outdatedAmong(found, fees.month);
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
