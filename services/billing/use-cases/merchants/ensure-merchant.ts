import { invalidField, NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { fetchMerchant } from './know-merchants.ts';

/**
 * Makes sure that a merchant named in a body is known here.
 * @param path  of the field that names it
 * @throws InvalidInput when there is no such merchant
 */
export async function ensureMerchant(deps: BillingDeps, id: string, path: string, actor: Actor): Promise<void> {
  if (!(await isMerchant(deps, id, actor))) throw invalidField(path, 'MERCHANT_UNKNOWN', 'There is no such merchant');
}

/** The same for a merchant named in the path. @throws NotFound */
export async function findMerchantOr404(deps: BillingDeps, id: string, actor: Actor): Promise<void> {
  if (!(await isMerchant(deps, id, actor))) throw new NotFound('merchant');
}

/** Whether there is such a merchant; asks for it when its copy has not arrived. */
async function isMerchant(deps: BillingDeps, id: string, actor: Actor): Promise<boolean> {
  const known = await read(deps, serviceActor('billing', actor.requestId), (em) =>
    firstRow(em, sql`select 1 from merchant_ref where merchant_id = ${id}`),
  );
  return known !== undefined || fetchMerchant(deps, id, actor);
}
