import type { ChargeType } from './charge-fact.ts';
import type { Rating } from './rating.ts';

/**
 * Whether there is nothing to charge: the type is optional, and the cards that price the merchant on the day have no
 * rule that applies. As long as it is open which cards those are, what is optional waits like everything else.
 */
export const isLeftOut = ({ isOptional }: ChargeType, { trace }: Rating): boolean =>
  isOptional === true && trace.reason === 'NO_RULE';
