import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findUnbilledStretches, lockStorage } from '../../persistence/storage-days.ts';
import { measureStorage } from './measure-storage.ts';

/**
 * Measures recorded days again after the contracts of their merchants changed: a method agreed afterwards makes the
 * charges that are missing, another one replaces those that are not billed. The caller has taken the rate book.
 */
export async function correctStorage(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  merchantIds: readonly string[],
): Promise<void> {
  if (!merchantIds.length) return;
  await lockStorage(em);
  await measureStorage(em, deps, await findUnbilledStretches(em, merchantIds), { widen: false });
}
