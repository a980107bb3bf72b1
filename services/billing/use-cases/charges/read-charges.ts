import { invalidField, NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { assertSeesMerchant, isStaff, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import { id as idSchema } from '../../../../shared/protocol/schemas.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { ExplainedCharge } from '../../../../shared/protocol/billing/charge-explanation.ts';
import type { ChargeView } from '../../../../shared/protocol/billing/pricing-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findCharge, listChargePage } from '../../persistence/charge-views.ts';
import { draftLineCollection } from '../../persistence/runs/draft-line.ts';
import { explainCharge } from './explain-charge.ts';

/** A charge with its explanation; a merchant gets its own only. @throws NotFound */
export async function getCharge(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<ExplainedCharge> {
  const charge = await read(deps, actor, (em) => findCharge(em, id));
  if (!charge) throw new NotFound('charge');
  // the rules of the base card belong to no merchant, so the explanation is the house's
  return read(deps, serviceActor('billing', actor.requestId), async (em) => ({
    ...shownTo(actor, charge),
    explanation: await explainCharge(deps, em, charge, isStaff(actor)),
  }));
}

/** Charges by filters; the line of a draft has those that its approval would put there now. */
export async function listCharges(
  deps: BillingDeps,
  input: InputOf<typeof pricingActions.listCharges>,
  actor: Actor,
): Promise<Page<ChargeView>> {
  if (input.merchantId !== undefined) assertSeesMerchant(actor, input.merchantId);
  const before = cursorId(input.cursor);
  const found = await read(deps, actor, async (em) => {
    // drafts are not for merchants
    const draft =
      input.lineId !== undefined && isStaff(actor) ? await draftLineCollection(em, input.lineId) : undefined;
    return listChargePage(em, input, before, input.limit + 1, draft);
  });
  return toPage(
    found,
    input.limit,
    ({ id }) => [id],
    (charge) => shownTo(actor, charge),
  );
}

/** Why finance held or waived a charge is written for the house. */
const shownTo = <Charge extends ChargeView>(actor: Actor, charge: Charge): Charge =>
  isStaff(actor) ? charge : { ...charge, stateReason: null };

/** @throws InvalidInput when the cursor does not hold an id */
export function cursorId(cursor: string | undefined): string | undefined {
  const [before] = readCursor(cursor, 1) ?? [];
  if (before !== undefined && !idSchema.safeParse(before).success)
    throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from this list');
  return before;
}
