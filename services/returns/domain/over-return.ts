import { invalidField } from '../../../shared/kernel/errors.ts';
import { itemOf, piecesOf, withItems } from './items.ts';
import type { Item, Return } from './model.ts';

/** Pieces of one article of one order. */
export interface OrderPieces {
  shipped: number;
  /** Came back in other returns, those whose surplus was explained left out. */
  elsewhere: number;
}

/**
 * Whether an article may come back this often: over all returns of an order at most as often as it was shipped, else
 * somebody says why (A14). What was expected is judged without what was found on top of it. An article that was not
 * shipped with the order at all is a wrong or an extra one, which its origin tells already.
 * @param parcel  with the item as it was inspected
 * @param item    with the reason it was given, if any
 * @param field   of the request that would have held the reason
 * @returns the reason, `null` when none is needed
 * @throws InvalidInput `MORE_THAN_SHIPPED`
 */
export function overReturnReason(
  parcel: Return,
  item: Item,
  { shipped, elsewhere }: OrderPieces,
  field = 'overReturnReason',
): string | null {
  if (shipped === 0 || item.origin === 'foreign') return null;
  const others = piecesOf(parcel.items, (other) => other.id !== item.id && countsBeside(other, item));
  const total = elsewhere + others + item.quantity;
  if (total <= shipped) return null;
  if (item.overReturnReason === null)
    throw invalidField(field, 'MORE_THAN_SHIPPED', `${shipped} were shipped, this makes ${total}; say why`);
  return item.overReturnReason;
}

/**
 * The same for all that was inspected before anybody knew the order: it is counted when the return is matched.
 * @param pieces  of each article of the order, by SKU
 * @param reason  why it may be more, if somebody says so
 * @throws InvalidInput `MORE_THAN_SHIPPED` at `reason`
 */
export function countedAgainst(
  parcel: Return,
  pieces: ReadonlyMap<string, OrderPieces>,
  reason: string | undefined,
): Return {
  const explained = reason ?? null;
  return parcel.items.reduce((counted, { id }) => {
    const item = itemOf(counted, id);
    const ofArticle = item.sku === null ? undefined : pieces.get(item.sku);
    if (!ofArticle || item.bundleOf !== null || item.state === 'expected' || item.state === 'missing') return counted;
    const given = { ...item, overReturnReason: explained };
    const why = overReturnReason(counted, given, ofArticle, 'reason');
    return why === item.overReturnReason ? counted : withItems(counted, [{ ...item, overReturnReason: why }]);
  }, parcel);
}

/** Pieces of an article that count where another return of the order is judged; as the database counts them. */
export const countedPieces = ({ items }: Pick<Return, 'items'>, sku: string): number =>
  piecesOf(items, (item) => item.sku === sku && counts(item));

const countsBeside = (other: Item, { sku, origin }: Item): boolean =>
  other.sku === sku && counts(other) && (origin !== 'expected' || other.origin === 'expected');

const counts = ({ overReturnReason: explained, origin, state }: Item): boolean =>
  explained === null && origin !== 'foreign' && state !== 'expected' && state !== 'missing';
