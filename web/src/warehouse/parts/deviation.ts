import type { Disposition, Draft } from '../offline/model.ts';

/**
 * What a tap on a disposition means for the draft: the one of the rule is no decision, the chosen one tapped again goes
 * back to the rule. Where the merchant is asked, every disposition is a decision, to hold the goods among them.
 * @param rule    what the rules say
 * @param chosen  what was decided otherwise so far
 */
export const deviation = (
  rule: Disposition | 'ask',
  chosen: Disposition | undefined,
  tapped: Disposition,
): Pick<Draft, 'disposition' | 'overrideReason'> =>
  tapped === rule || tapped === chosen ? { disposition: undefined, overrideReason: '' } : { disposition: tapped };
