import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { itemOf, withItems } from '../domain/items.ts';
import type { Return } from '../domain/model.ts';
import { countedAgainst, countedPieces, overReturnReason, type OrderPieces } from '../domain/over-return.ts';
import { piecesOfOrder } from '../persistence/order-pieces.ts';

/**
 * What was inspected before the order was known is held against it now (A14).
 * @param reason  why it may be more, if somebody says so
 * @param sibling  a return that these goods leave just now: as it is stored, and as it will be
 * @throws InvalidInput `MORE_THAN_SHIPPED` at `reason`
 */
export async function countedAgainstOrder(
  em: EntityManager,
  parcel: Return,
  reason: string | undefined,
  sibling?: { before: Return; after: Return },
): Promise<Return> {
  const { id: returnId, orderId, items } = parcel;
  const skus = items.flatMap(({ sku, grade }) => (sku === null || grade === null ? [] : [sku]));
  if (orderId === null || !skus.length) return parcel;
  const stored = await piecesOfOrder(em, { orderId, returnId, skus });
  return countedAgainst(parcel, sibling?.before.orderId === orderId ? without(stored, sibling) : stored, reason);
}

/** What the other return of the same order loses was counted where it is still stored. */
const without = (
  pieces: ReadonlyMap<string, OrderPieces>,
  { before, after }: { before: Return; after: Return },
): ReadonlyMap<string, OrderPieces> =>
  new Map(
    [...pieces].map(([sku, { shipped, elsewhere }]) => [
      sku,
      { shipped, elsewhere: elsewhere - countedPieces(before, sku) + countedPieces(after, sku) },
    ]),
  );

/**
 * The same for one item that is now known to be an article of the order; whether it was inspected does not matter.
 * @throws InvalidInput `MORE_THAN_SHIPPED` at `reason`
 */
export async function linkedAgainstOrder(
  em: EntityManager,
  parcel: Return,
  itemId: string,
  reason: string | undefined,
): Promise<Return> {
  const { id: returnId, orderId } = parcel;
  const item = itemOf(parcel, itemId);
  if (orderId === null || item.sku === null || item.bundleOf !== null) return parcel;
  if (item.state === 'expected' || item.state === 'missing') return parcel;
  const pieces = (await piecesOfOrder(em, { orderId, returnId, skus: [item.sku] })).get(item.sku);
  const explained = { ...item, overReturnReason: reason ?? null };
  const why = pieces ? overReturnReason(parcel, explained, pieces, 'reason') : null;
  return withItems(parcel, [{ ...item, overReturnReason: why }]);
}
