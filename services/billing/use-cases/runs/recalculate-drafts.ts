import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { lastDraftingAt } from '../../domain/runs/periods.ts';
import { redraftOlderThan } from '../../persistence/runs/requested-rows.ts';

/**
 * Has drafts that wait for approval made anew once a day, at 04:30 local, so that whoever looks at them sees what has
 * come since: late charges, and findings that come with time alone, such as the limit of § 14a UStG.
 * @returns how many rows are to be drafted anew
 */
export async function recalculateDrafts(deps: BillingDeps): Promise<number> {
  const before = lastDraftingAt(deps.now(), deps.config.KONTOR_ZONE);
  const asked = await transact(deps, serviceActor('billing', `clock-${uuidv7(deps.now())}`), (em) =>
    redraftOlderThan(em, before, 'clock'),
  );
  if (asked) deps.wakers.get('run-rows')?.();
  return asked;
}
