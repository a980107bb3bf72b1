import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { itemOf } from '../domain/items.ts';
import { link } from '../domain/linking.ts';
import { knownArticleName } from '../persistence/articles.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { linkedAgainstOrder } from './count-against-order.ts';
import { changeOne } from './steps.ts';

/**
 * Says which article an item is that was recorded as free text (A3). Further errors: domain/linking.ts.
 * @throws RuleViolation `RETURN_MERCHANT_UNKNOWN`: whose articles are meant
 * @throws InvalidInput `ARTICLE_NOT_FOUND`; `MORE_THAN_SHIPPED` at `reason`, when more of the article came than is left
 */
export const linkItem = (
  deps: ReturnsDeps,
  { id, itemId, sku, reason }: InputOf<typeof returnsActions.linkItem>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async ({ parcel, em }) => {
    const before = itemOf(parcel, itemId);
    if (parcel.merchantId === null)
      throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is; articles belong to a merchant');
    const name = before.sku === sku ? before.name : await knownArticleName(em, parcel.merchantId, sku);
    if (name === undefined)
      throw invalidField(
        'sku',
        'ARTICLE_NOT_FOUND',
        'Neither the articles nor the orders of the merchant know this code',
      );
    const linked = link(parcel, itemId, { sku, name });
    if (linked === parcel) return { parcel, action: 'item.linked' };
    return {
      parcel: await linkedAgainstOrder(em, linked, itemId, reason),
      action: 'item.linked',
      reason,
      detail: { itemId, sku, recordedAs: itemOf(linked, itemId).recordedAs },
    };
  });
