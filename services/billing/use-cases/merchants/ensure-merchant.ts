import { invalidField } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { fetchMerchant } from './know-merchants.ts';

/**
 * Makes sure that a merchant named in a request is known here, asking for it when its copy has not arrived.
 * @param path  of the field that names it
 * @throws InvalidInput when there is no such merchant
 */
export async function ensureMerchant(deps: BillingDeps, id: string, path: string, actor: Actor): Promise<void> {
  const known = await read(deps, serviceActor('billing', actor.requestId), (em) =>
    firstRow(em, sql`select 1 from merchant_ref where merchant_id = ${id}`),
  );
  if (!known && !(await fetchMerchant(deps, id, actor)))
    throw invalidField(path, 'MERCHANT_UNKNOWN', 'There is no such merchant');
}
