import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { isLeftOut } from '../../domain/optional-charges.ts';
import { rate } from '../../domain/rating.ts';
import { insertCharges, noteRevisions, reverseOutdated } from '../../persistence/charges.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';

/**
 * Makes charges of facts, rated or `unrated` with the reason, in the surrounding transaction; each fact once. What is
 * optional and not in the cards makes none.
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
  const rated = facts.flatMap((fact) => {
    const measured = { ...fact, chargeType: fact.type.key, unitDecides: fact.type.unit === null };
    const rating = rate(measured, book);
    return isLeftOut(measured, fact.type, rating, book) ? [] : [{ fact, rating }];
  });
  return insertCharges(em, deps.now(), rated);
}

/** A fact that can be corrected, as of one revision; the next one replaces it, also by nothing. */
export interface Revision {
  sourceEvent: string;
  merchantId: string;
  revision: number;
}

/**
 * The same for facts that can be corrected: charges of the highest revision stay, those of the others get a negative
 * twin. The revision row comes first, because it orders two corrections at once.
 * @param revisions  of all facts, also of those that are worth nothing any more
 * @returns how many charges are new, twins not counted
 */
export async function chargeCorrectable(
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  em: EntityManager,
  source: string,
  revisions: readonly Revision[],
  facts: readonly ChargeFact[],
): Promise<number> {
  await noteRevisions(em, source, revisions);
  const charged = await chargeFacts(deps, em, facts);
  await reverseOutdated(em, deps.now(), source, [...new Set(revisions.map(({ sourceEvent }) => sourceEvent))]);
  return charged;
}
