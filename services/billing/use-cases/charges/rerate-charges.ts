import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import { NOT_IN_CARDS } from '../../../../shared/kernel/charge-reasons.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findChargeType } from '../../domain/charge-types/index.ts';
import { isLeftOut } from '../../domain/optional-charges.ts';
import { rate } from '../../domain/rating.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';
import {
  markForRerating,
  measuredMicros,
  nextMarked,
  saveRatings,
  type ReratingScope,
} from '../../persistence/rerating.ts';

const CHUNK = 2_000;
/** What a request or an event waits for; the rest is the worker's. */
const CHUNKS_AT_ONCE = 3;

/**
 * Re-rates unbilled charges after a card, contract or merchant changed (G8). All of them lose their old price at
 * once, which keeps them off every draft; the first few thousand get the new one in the same transaction, the others
 * from the worker. The caller has taken the rate book for change.
 */
export async function rerate(deps: BillingDeps, em: EntityManager, audit: Audit, scope: ReratingScope): Promise<void> {
  if ((await markForRerating(em, scope)) === 0) return;
  for (let chunk = 0; chunk < CHUNKS_AT_ONCE; chunk += 1) if ((await rerateMarked(deps, em, audit)) < CHUNK) return;
}

/** Prices the next marked charges anew, with an audit row per merchant and cause. Returns how many there were. */
export async function rerateMarked(deps: BillingDeps, em: EntityManager, audit: Audit): Promise<number> {
  const marked = await nextMarked(em, CHUNK);
  if (!marked.length) return 0;
  const book = await loadRateBook(em, deps.rules, [...new Set(marked.map(({ merchantId }) => merchantId))]);
  const ratings = marked.map((charge) => {
    const type = findChargeType(charge.chargeType);
    const measured = { ...charge, unitDecides: type?.unit === null, quantityMicros: measuredMicros(charge) };
    const rating = rate(measured, book);
    return { charge, rating, isWaived: type !== undefined && isLeftOut(measured, type, rating, book) };
  });
  await saveRatings(em, ratings);
  for (const { charge, isWaived } of ratings)
    if (isWaived && !charge.wasDropped)
      audit({
        ...{ action: 'charge.waived' as const, entity: 'charge', entityId: charge.id, merchantId: charge.merchantId },
        ...{ after: { state: 'waived' }, reason: NOT_IN_CARDS },
      });
  const groups = Map.groupBy(ratings, ({ charge }) => `${charge.merchantId} ${charge.cause}`);
  for (const group of groups.values()) {
    const { merchantId, cause } = group[0]!.charge;
    const unrated = group.filter(({ rating, isWaived }) => !rating.matched && !isWaived).length;
    audit({
      action: 'charges.rerated',
      entity: 'merchant',
      entityId: merchantId,
      merchantId,
      after: { charges: group.length, unrated },
      reason: cause,
    });
  }
  return marked.length;
}

/** One round of the worker. */
export async function rerateDue(deps: BillingDeps): Promise<number> {
  const actor = serviceActor('billing', uuidv7(deps.now()));
  return transact(deps, actor, (em, _announce, audit) => rerateMarked(deps, em, audit));
}
