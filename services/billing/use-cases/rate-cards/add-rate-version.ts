import { InvalidInput, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { SavedRateCard } from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { versionErrors } from '../../domain/rate-card.ts';
import { versionWarnings } from '../../domain/rate-warnings.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { findRateCard } from '../../persistence/rate-cards.ts';
import { wakeRerating } from '../charges/wake-rerating.ts';
import { nextVersion, storeVersions, withWarnings } from './store-card.ts';

/**
 * Appends a version. It may start in the past: charges that are not billed yet get its prices from that day on,
 * billed, held and waived ones keep theirs (G8).
 * @throws InvalidInput for rules that overlap; RuleViolation for a number that is not the next one
 */
export async function addRateVersion(
  deps: BillingDeps,
  { id, version: wanted, ...content }: InputOf<typeof pricingActions.addRateVersion>,
  actor: Actor,
): Promise<SavedRateCard> {
  const errors = versionErrors(content, '');
  if (errors.length) throw new InvalidInput(errors);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    await lockBookForChange(em);
    const card = await findRateCard(em, { id });
    if (!card) throw new NotFound('rate card');
    const next = nextVersion(card);
    if (wanted !== undefined && wanted !== next)
      throw new RuleViolation('RATE_VERSION_NOT_NEXT', `The next version of this card is ${next}`, { next });
    const stored = await storeVersions({ deps, em, audit, actor }, card, [{ version: next, ...content }]);
    return withWarnings(stored, versionWarnings(content, { hasFallback: !card.isBase }));
  });
  wakeRerating(deps);
  return view;
}
