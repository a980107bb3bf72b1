import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { unbundle, type Component } from '../domain/bundles.ts';
import { itemOf } from '../domain/items.ts';
import { findArticles } from '../persistence/articles.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/**
 * A bundle came in parts (A12). Further errors: domain/bundles.ts, and `ITEM_ID_TAKEN` for a component.
 * @throws RuleViolation `RETURN_MERCHANT_UNKNOWN`: whose bundle it is
 */
export const unbundleItem = (
  deps: ReturnsDeps,
  { id, itemId, components: came }: InputOf<typeof returnsActions.unbundleItem>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async ({ parcel, em, moment }) => {
    const { sku, quantity } = itemOf(parcel, itemId);
    if (parcel.merchantId === null)
      throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is; bundles belong to a merchant');
    const components = sku === null ? [] : await componentsOf(em, parcel.merchantId, sku);
    return {
      parcel: unbundle(parcel, itemId, components, came, () => uuidv7(moment.at)),
      action: 'item.unbundled',
      detail: { itemId, sku, quantity, components: came },
    };
  });

async function componentsOf(em: EntityManager, merchantId: string, sku: string): Promise<Component[]> {
  const components = (await findArticles(em, merchantId, [sku])).get(sku)?.components ?? [];
  const articles = await findArticles(
    em,
    merchantId,
    components.map((component) => component.sku),
  );
  return components.map((component) => ({ ...component, name: articles.get(component.sku)?.name ?? '' }));
}
