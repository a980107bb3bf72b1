import { InvalidInput, invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import {
  rateVersion,
  type RateCardInput,
  type RateCardView,
  type SavedRateCard,
} from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { versionErrors } from '../../domain/rate-card.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { findRateCard } from '../../persistence/rate-cards.ts';
import { wakeRerating } from '../charges/wake-rerating.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { assertNoOtherBase, cardWarnings, storeCard, withWarnings } from './store-card.ts';

/**
 * Makes a rate card with all its versions, as exported. The same card again answers with the one there is.
 * @throws InvalidInput for rules that overlap; RuleViolation for another card of the same code, id or base
 */
export async function createRateCard(
  deps: BillingDeps,
  input: InputOf<typeof pricingActions.createRateCard>,
  actor: Actor,
): Promise<SavedRateCard> {
  const errors = input.versions.flatMap((version, index) => versionErrors(version, `versions.${index}.`));
  if (errors.length) throw new InvalidInput(errors);
  if (input.merchantId !== null && input.isBase)
    throw invalidField('isBase', 'BASE_CARD_OF_MERCHANT', 'A card of one merchant cannot be the base of all');
  if (input.merchantId !== null) await ensureMerchant(deps, input.merchantId, 'merchantId', actor);
  const warnings = cardWarnings(input);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    await lockBookForChange(em);
    const existing = await findExisting(em, input);
    if (existing) return asRepeated(withWarnings(sameOr409(existing, input), warnings));
    return withWarnings(await storeCard({ deps, em, audit, actor }, input), warnings);
  });
  wakeRerating(deps);
  return view;
}

async function findExisting(em: EntityManager, input: RateCardInput): Promise<RateCardView | undefined> {
  const found =
    (input.id === undefined ? undefined : await findRateCard(em, { id: input.id })) ??
    (await findRateCard(em, { code: input.code }));
  if (!found) await assertNoOtherBase(em, input);
  return found;
}

function sameOr409(existing: RateCardView, input: RateCardInput): RateCardView {
  const content = (card: RateCardView | RateCardInput) =>
    JSON.stringify([
      card.code,
      card.name,
      card.currency,
      card.isBase,
      card.merchantId,
      card.versions
        .toSorted((left, right) => left.version - right.version)
        // parsing again puts keys into the order of the schema, whatever order the client or jsonb has
        .map(({ version, validFrom, rules, adjustments, minimums }) =>
          rateVersion.parse({ version, validFrom, rules, adjustments, minimums }),
        ),
    ]);
  if ((input.id ?? existing.id) === existing.id && content(existing) === content(input)) return existing;
  throw new RuleViolation('RATE_CARD_EXISTS', `There is another rate card ${existing.code}`, { id: existing.id });
}
