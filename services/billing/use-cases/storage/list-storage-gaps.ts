import { daysBetween, localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { rows } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { storageActions } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { storageGapsBetween } from '../../persistence/runs/run-facts.ts';
import { knownWarehouses } from '../../persistence/storage.ts';
import { findMerchantOr404 } from '../merchants/ensure-merchant.ts';

type Action = (typeof storageActions)['listStorageGaps'];

const MOST_DAYS = 366;

/**
 * The days between two others whose stock is missing, by warehouse; days to come are none of them.
 * @throws AppError 403 for anybody but the house
 * @throws NotFound     no such merchant
 * @throws InvalidInput an order that is turned round, or more than a year
 */
export async function listStorageGaps(
  deps: BillingDeps,
  { merchantId, from, to }: InputOf<Action>,
  actor: Actor,
): Promise<OutputOf<Action>> {
  assertHouse(actor);
  if (to < from) throw invalidField('to', 'ENDS_BEFORE_START', 'The last day lies before the first');
  if (daysBetween(from, to) >= MOST_DAYS)
    throw invalidField('to', 'TOO_MANY_DAYS', `At most ${MOST_DAYS} days can be looked at once`);
  await findMerchantOr404(deps, merchantId, actor);
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  return read(deps, actor, async (em) => ({
    warehouses: await knownWarehouses(em, merchantId),
    gaps: await rows(em, storageGapsBetween(merchantId, from, to < today ? to : today)),
  }));
}
