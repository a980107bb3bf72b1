import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { rate } from '../../domain/rating.ts';
import { insertCharges } from '../../persistence/charges.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';

/**
 * Makes charges of facts, rated or `unrated` with the reason, in the surrounding transaction; each fact once.
 * The transaction must see all merchants (scope `staff`), or the base card would be missing.
 * @returns how many charges are new
 */
export async function chargeFacts(
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  em: EntityManager,
  facts: readonly ChargeFact[],
): Promise<number> {
  if (!facts.length) return 0;
  const book = await loadRateBook(em, deps.rules, [...new Set(facts.map(({ merchantId }) => merchantId))]);
  const rated = facts.map((fact) => ({
    fact,
    rating: rate({ ...fact, chargeType: fact.type.key, unitDecides: fact.type.unit === null }, book),
  }));
  return insertCharges(em, deps.now(), rated);
}
