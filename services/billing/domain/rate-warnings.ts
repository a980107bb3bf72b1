import type { RateRuleInput, RateWarning } from '../../../shared/protocol/billing/rate-card.ts';
import { tiersOf } from './rate-models.ts';
import { canBothHold, covers } from './conditions.ts';
import { rateGaps } from './rate-gaps.ts';
import { unitsMeet } from './rate-card.ts';

/** More help nobody to find the one that matters. */
const MOST_WARNINGS = 100;

/**
 * What of a version may be meant and is worth a look (E4): rules that override each other, rules that can never win,
 * tiers whose price rises, and countries or weights that no rule of a type prices.
 * @param hasFallback  the base card prices what this version does not
 * @param path         of the version in the input, with its dot; empty when the version is the input
 */
export function versionWarnings(
  { rules }: { rules: readonly RateRuleInput[] },
  { hasFallback, path = '' }: { hasFallback: boolean; path?: string },
): RateWarning[] {
  const indexed = rules.map((rule, index) => ({ rule, path: `${path}rules.${index}` }));
  const found = [
    ...indexed.flatMap(risingTiers),
    ...(hasFallback ? [] : rateGaps(rules, `${path}rules`)),
    ...[...Map.groupBy(indexed, ({ rule }) => rule.chargeType).values()].flatMap(overridden),
  ];
  // what loses money comes before what is usual
  return found.toSorted((left, right) => ORDER.indexOf(left.code) - ORDER.indexOf(right.code)).slice(0, MOST_WARNINGS);
}

const ORDER: readonly RateWarning['code'][] = ['RULE_NEVER_WINS', 'GAP', 'TIERS_RISE', 'RULE_OVERRIDDEN'];

interface Indexed {
  rule: RateRuleInput;
  path: string;
}

function risingTiers({ rule, path }: Indexed): RateWarning[] {
  // free units rise to their price by nature
  if (rule.model.type !== 'graduated' && rule.model.type !== 'volume') return [];
  return tiersOf(rule.model).flatMap(({ unitPrice }, index, all) => {
    const before = all[index - 1];
    if (!before || Number(unitPrice) <= Number(before.unitPrice)) return [];
    return [
      {
        path: `${path}.model.tiers.${index}.unitPrice`,
        code: 'TIERS_RISE' as const,
        message: `More units cost more each: ${before.unitPrice} up to ${before.upTo}, ${unitPrice} above`,
        rules: [rule.key],
      },
    ];
  });
}

/** Of rules of one type: which of two wins where both apply. Equal priorities are refused elsewhere. */
function overridden(members: readonly Indexed[]): RateWarning[] {
  return members.flatMap(({ rule, path }): RateWarning[] => {
    const higher = members
      .map((other) => other.rule)
      .filter((other) => other.priority > rule.priority && unitsMeet(other, rule))
      .filter((other) => canBothHold(other.conditions, rule.conditions));
    const winner = higher.find((other) => covers(other.conditions, rule.conditions));
    if (winner)
      return [
        {
          path,
          code: 'RULE_NEVER_WINS' as const,
          message: `${rule.key} never applies: ${winner.key} has the higher priority wherever it could`,
          rules: [winner.key, rule.key],
        },
      ];
    return higher.map((other) => ({
      path: `${path}.priority`,
      code: 'RULE_OVERRIDDEN' as const,
      message: `Where both apply, ${other.key} (priority ${other.priority}) wins over ${rule.key} (${rule.priority})`,
      rules: [other.key, rule.key],
    }));
  });
}
