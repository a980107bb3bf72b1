import { invalidField } from '../../../../shared/kernel/errors.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { rateToolsActions } from '../../../../shared/protocol/billing/rate-tools-actions.ts';
import type { RateCardView, SavedRateCard } from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { createRateCard } from './create-rate-card.ts';
import { getRateCard } from './read-rate-cards.ts';

/**
 * Makes a card of another one, never a base card: with all its versions, or with the one in force on a day as its
 * first. The same copy again answers with the card there is.
 * @throws NotFound for the card; InvalidInput for a day before its first version; RuleViolation for another card of
 *   the code
 */
export async function copyRateCard(
  deps: BillingDeps,
  { id, code, name, merchantId, validFrom }: InputOf<typeof rateToolsActions.copyRateCard>,
  actor: Actor,
): Promise<SavedRateCard> {
  const original = await getRateCard(deps, { id }, actor);
  const versions = validFrom === undefined ? original.versions : [{ ...inForce(original, validFrom), validFrom }];
  return createRateCard(
    deps,
    {
      ...{ code, name, currency: 'EUR' as const, isBase: false, merchantId: merchantId ?? null },
      versions: versions.map(({ version, validFrom: day, rules, adjustments, minimums }) => ({
        version: validFrom === undefined ? version : 1,
        validFrom: day,
        ...{ rules, adjustments, minimums },
      })),
    },
    actor,
  );
}

/** As prices are found: the latest start up to the day, of equal ones the highest number. */
function inForce({ versions }: RateCardView, day: string) {
  const [found] = versions
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((left, right) =>
      left.validFrom === right.validFrom ? right.version - left.version : left.validFrom < right.validFrom ? 1 : -1,
    );
  if (!found) throw invalidField('validFrom', 'NO_VERSION', 'The card has no version on this day');
  return found;
}
