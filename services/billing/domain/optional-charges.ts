import type { ChargeType } from './charge-fact.ts';
import { rate, type Rateable, type RateBook, type Rating } from './rating.ts';

/**
 * Whether there is nothing to charge: the type is optional, and the cards that price the merchant on the day have no
 * rule that applies. As long as it is open which cards those are, what is optional waits like everything else. Where an
 * event can be charged in several ways, one of them has to have its price: forgetting all of them is no gift.
 */
export function isLeftOut(
  fact: Rateable,
  { isOptional }: Pick<ChargeType, 'isOptional'>,
  { trace }: Rating,
  book: RateBook,
): boolean {
  if (isOptional !== true || trace.reason !== 'NO_RULE') return false;
  const { ways } = fact.attributes;
  return !ways || ways.some((chargeType) => rate({ ...fact, chargeType }, book).matched !== null);
}
