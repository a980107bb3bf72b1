import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { RateCardView } from '../../../../shared/protocol/billing/rate-card.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findRateCard, listRateCardPage } from '../../persistence/rate-cards.ts';

/** @throws NotFound */
export async function getRateCard(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<RateCardView> {
  const card = await read(deps, actor, (em) => findRateCard(em, { id }));
  if (!card) throw new NotFound('rate card');
  return card;
}

export async function listRateCards(
  deps: BillingDeps,
  { limit, cursor }: InputOf<typeof pricingActions.listRateCards>,
  actor: Actor,
) {
  const [after] = readCursor(cursor, 1) ?? [];
  const found = await read(deps, actor, (em) => listRateCardPage(em, after, limit + 1));
  return toPage(
    found,
    limit,
    ({ code }) => [code],
    (card) => ({ ...card, createdAt: new Date(card.createdAt).toISOString() }),
  );
}
