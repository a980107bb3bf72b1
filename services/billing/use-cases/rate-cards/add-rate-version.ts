import { InvalidInput, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { RateCardView } from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { versionErrors } from '../../domain/rate-card.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { findRateCard, insertVersion, merchantsOfCard } from '../../persistence/rate-cards.ts';
import { rerate } from '../charges/rerate-charges.ts';
import { wakeRerating } from '../charges/wake-rerating.ts';

/**
 * Appends a version. It may start in the past: charges that are not billed yet get its prices from that day on,
 * billed, held and waived ones keep theirs (G8).
 * @throws InvalidInput for rules that overlap; RuleViolation for a number that is not the next one
 */
export async function addRateVersion(
  deps: BillingDeps,
  { id, version: wanted, ...content }: InputOf<typeof pricingActions.addRateVersion>,
  actor: Actor,
): Promise<RateCardView> {
  const { validFrom } = content;
  const errors = versionErrors(content, '');
  if (errors.length) throw new InvalidInput(errors);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    await lockBookForChange(em);
    const card = await findRateCard(em, { id });
    if (!card) throw new NotFound('rate card');
    const next = Math.max(...card.versions.map(({ version }) => version)) + 1;
    if (wanted !== undefined && wanted !== next)
      throw new RuleViolation('RATE_VERSION_NOT_NEXT', `The next version of this card is ${next}`, { next });
    await insertVersion(em, card, { version: next, ...content }, { by: actor.id, now: deps.now() });
    audit({
      action: 'rate-card.version-added',
      entity: 'rateCard',
      entityId: card.id,
      merchantId: card.merchantId,
      after: { version: next, validFrom },
    });
    await rerate(deps, em, audit, {
      merchantIds: card.isBase ? 'all' : await merchantsOfCard(em, card.code),
      from: validFrom,
      cause: `rate version ${card.code}#${next}`,
    });
    return (await findRateCard(em, { id }))!;
  });
  wakeRerating(deps);
  return view;
}
