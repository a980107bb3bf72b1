import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { OutputOf } from '../../../../shared/protocol/define.ts';
import type { StoragePolicy, storageActions } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { findUnbilledStretches, lockStorage } from '../../persistence/storage-days.ts';
import { measureStorage } from './measure-storage.ts';

type Actions = typeof storageActions;

const VIEW = sql`valid_from as "validFrom", shared_bins as "sharedBins", emptied_bins as "emptiedBins", created_by as "createdBy", created_at as "createdAt"`;
type View = OutputOf<Actions['addStoragePolicy']>;
const viewOf = (row: View): View => ({ ...row, createdAt: new Date(row.createdAt).toISOString() });

/** How bins are counted, latest day first. */
export async function listStoragePolicies(
  deps: BillingDeps,
  actor: Actor,
): Promise<OutputOf<Actions['listStoragePolicies']>> {
  const items = await read(deps, serviceActor('billing', actor.requestId), (em) =>
    rows<View>(em, sql`select ${VIEW} from storage_policy order by valid_from desc limit 1000`),
  );
  return { items: items.map(viewOf) };
}

/**
 * Says how bins are counted from a day on. Days that are not billed are measured again; billed ones stay.
 * @throws RuleViolation when the house has said something else from that very day
 */
export async function addStoragePolicy(deps: BillingDeps, input: StoragePolicy, actor: Actor): Promise<View> {
  return transact(deps, actor, async (em, _announce, audit) => {
    // whoever measures holds the book: no day is charged by a rule that was just replaced
    await lockBookForChange(em);
    await lockStorage(em);
    const { validFrom, sharedBins, emptiedBins } = input;
    const by = `${actor.kind}:${actor.id}`;
    const added = await firstRow<View>(
      em,
      sql`insert into storage_policy (valid_from, shared_bins, emptied_bins, created_by, created_at)
          values (${validFrom}, ${sharedBins}, ${emptiedBins}, ${by}, ${deps.now().toISOString()}) on conflict do nothing returning ${VIEW}`,
    );
    const known =
      added ?? (await firstRow<View>(em, sql`select ${VIEW} from storage_policy where valid_from = ${validFrom}`))!;
    if (known.sharedBins !== sharedBins || known.emptiedBins !== emptiedBins)
      throw new RuleViolation('POLICY_EXISTS', `Something else is said from ${validFrom} on`, { validFrom });
    if (added) {
      await measureStorage(em, deps, await findUnbilledStretches(em, 'all', validFrom), { widen: false });
      audit({
        action: 'storage-policy.added',
        entity: 'storagePolicy',
        entityId: uuidOf('storage-policy', validFrom),
        merchantId: null,
        after: input,
      });
    }
    return viewOf(known);
  });
}
