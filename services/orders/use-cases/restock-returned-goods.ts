import type { EnvelopeOf } from '../../../shared/protocol/define.ts';
import type { itemSettledV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import {
  insertRestocked,
  lockRevisions,
  noteRevisions,
  reverseEarlier,
  type RestockedReturn,
} from '../persistence/stock.ts';
import { conditionProducts } from './articles/condition-products.ts';
import type { ArticleTx } from './articles/keep-articles.ts';

type Inspected = EnvelopeOf<typeof returnInspectedV1>;
type Settled = EnvelopeOf<typeof itemSettledV1>;

/**
 * Books what an inspection gives back to the stock. A later revision of the same return takes the earlier bookings
 * back and makes its own; one that arrives late, after its successor, changes nothing. A batch may hold several
 * revisions of one return, so only its newest is taken.
 */
export async function restockReturnedGoods(tx: ArticleTx, events: readonly Inspected[], now: Date): Promise<void> {
  const { em } = tx;
  const newest = new Map<string, RestockedReturn>();
  for (const { payload } of events)
    if (payload.revision >= (newest.get(payload.returnId)?.revision ?? 0))
      newest.set(payload.returnId, restocked(payload, payload.items));
  const noted = await noteRevisions(em, [...newest.values()]);
  const returns = [...newest.values()].filter(({ returnId }) => noted.has(returnId));
  if (!returns.length) return;
  await reverseEarlier(em, returns, now);
  await insertRestocked(em, await underOwnSku(tx, returns, now), now);
}

/**
 * Books what a decision after the inspection gives back to the stock, with the day of the decision. The next revision
 * of the inspection takes it back like what its predecessor booked; a decision that arrives after it changes nothing.
 */
export async function restockSettledItems(tx: ArticleTx, events: readonly Settled[], now: Date): Promise<void> {
  const settled = events.map(({ payload }) =>
    restocked({ ...payload, inspectedAt: payload.settledAt, inspectedOn: payload.settledOn }, [payload]),
  );
  const known = await lockRevisions(tx.em, settled);
  const current = settled.filter(({ returnId, revision }) => revision >= known.get(returnId)!);
  await insertRestocked(tx.em, await underOwnSku(tx, current, now), now);
}

/** B-grade goods are booked under the SKU of the condition variant (B11). */
async function underOwnSku(tx: ArticleTx, returns: RestockedReturn[], now: Date): Promise<RestockedReturn[]> {
  const goods = returns.flatMap(({ merchantId, items }) =>
    items.flatMap(({ sku, name, quality }) => (quality === 'b' && sku !== null ? [{ merchantId, sku, name }] : [])),
  );
  if (!goods.length) return returns;
  const skuOf = await conditionProducts(tx, goods, now);
  return returns.map((parcel) => ({
    ...parcel,
    items: parcel.items.map((item) =>
      item.quality === 'b' && item.sku !== null
        ? { ...item, sku: skuOf({ merchantId: parcel.merchantId, sku: item.sku }) }
        : item,
    ),
  }));
}

type Decided = Pick<Inspected['payload']['items'][number], 'itemId' | 'sku' | 'name' | 'quantity' | 'disposition'>;

function restocked(
  { returnId, merchantId, number, revision, inspectedAt, inspectedOn }: Omit<RestockedReturn, 'items'>,
  items: readonly Decided[],
): RestockedReturn {
  return {
    ...{ returnId, merchantId, number, revision, inspectedAt, inspectedOn },
    items: items.flatMap(({ itemId, sku, name, quantity, disposition }) =>
      disposition === 'restock' || disposition === 'restock_b'
        ? [{ itemId, sku, name, quantity, quality: disposition === 'restock' ? ('a' as const) : ('b' as const) }]
        : [],
    ),
  };
}
