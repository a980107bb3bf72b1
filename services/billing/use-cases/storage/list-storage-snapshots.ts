import { read } from '../../../../shared/messaging/transact.ts';
import { toPage } from '../../../../shared/persistence/page.ts';
import { assertSeesMerchant, isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { listHeaderPage } from '../../persistence/storage.ts';
import { cursorId } from '../charges/read-charges.ts';

/** Which days are recorded, with their sums; who recorded them is the house's own affair. */
export async function listStorageSnapshots(
  deps: BillingDeps,
  input: InputOf<typeof pricingActions.listStorageSnapshots>,
  actor: Actor,
) {
  if (input.merchantId !== undefined) assertSeesMerchant(actor, input.merchantId);
  const before = cursorId(input.cursor);
  const found = await read(deps, actor, (em) => listHeaderPage(em, input, before, input.limit + 1));
  return toPage(
    found,
    input.limit,
    ({ id }) => [id],
    (header) => ({
      ...header,
      recordedBy: isStaff(actor) ? header.recordedBy : null,
      recordedAt: new Date(header.recordedAt).toISOString(),
    }),
  );
}
