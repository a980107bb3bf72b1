import type { FieldError } from '../../../shared/kernel/errors.ts';
import { trimmed } from '../../../shared/kernel/trimmed.ts';
import type { RateConditions, RateRuleInput, RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';
import type { RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import { findChargeType } from './charge-types/index.ts';
import { canBothHold } from './conditions.ts';
import { takesShare } from './rate-models.ts';

/**
 * What is wrong with a version: see {@link ruleErrors}; adjustments of types that nobody charges; and words of invoice lines
 * that say nothing. Stored versions are read whatever they say.
 * @param path  of the version in the input, with its dot; empty when the version is the input
 */
export function versionErrors(
  { rules, adjustments, minimums }: Pick<RateVersionInput, 'rules' | 'adjustments' | 'minimums'>,
  path: string,
): FieldError[] {
  const unknown = adjustments.flatMap(({ chargeTypes = [] }, index) =>
    chargeTypes.flatMap((chargeType, position) =>
      findChargeType(chargeType)
        ? []
        : [unknownType(`${path}adjustments.${index}.chargeTypes.${position}`, chargeType)],
    ),
  );
  const silent = Object.entries({ rules, adjustments, minimums }).flatMap(([list, entries]) =>
    entries.flatMap((entry, index) => silentWords(entry, `${path}${list}.${index}`)),
  );
  return [...ruleErrors(rules, `${path}rules`), ...unknown, ...silent];
}

/** Every line of a document names what was done and its unit (§ 14 Abs. 4 Nr. 5 UStG). */
function silentWords({ label, unit = '-' }: { label: { de: string; en: string }; unit?: string }, path: string) {
  const words = Object.entries({ 'label.de': label.de, 'label.en': label.en, unit });
  return words.flatMap(([field, word]): FieldError[] =>
    trimmed(word) ? [] : [{ path: `${path}.${field}`, code: 'REQUIRED', message: 'Blanks alone say nothing' }],
  );
}

const unknownType = (path: string, chargeType: string): FieldError => ({
  path,
  code: 'CHARGE_TYPE_UNKNOWN',
  message: `There is no charge type ${chargeType}`,
});

/**
 * What is wrong with the rules of a version: types nobody charges, models and conditions their events do not carry, a
 * price that would bill part of a month as a whole one (billing.md, Price: software × active days ÷ days in month), and
 * rules of equal priority that could both apply (E4). Two prices for one event must never depend on chance.
 * @param path  of the rules in the input
 */
function ruleErrors(rules: readonly RateRuleInput[], path: string): FieldError[] {
  const faults = rules.flatMap((rule, index) => faultsOf(rule, `${path}.${index}`));
  return faults.length ? faults : overlaps(rules, path);
}

function faultsOf({ chargeType, conditions, model }: RateRuleInput, path: string): FieldError[] {
  const type = findChargeType(chargeType);
  if (!type) return [unknownType(`${path}.chargeType`, chargeType)];
  if (takesShare(model) && !type.hasAmount)
    return [
      {
        path: `${path}.model.type`,
        code: 'MODEL_NOT_APPLICABLE',
        message: `Events of ${chargeType} carry no amount that a price could be a share of`,
      },
    ];
  if (roundsUp(model) && type.isProrated)
    return [
      {
        path: `${path}.model.type`,
        code: 'MODEL_NOT_PRORATED',
        message: `${chargeType} is owed by the days under contract: a price per unit or by tiers goes by them, ${model.type} does not`,
      },
    ];
  return (Object.keys(conditions) as (keyof RateConditions)[])
    .filter((key) => conditions[key] !== undefined && !type.conditions.includes(key))
    .map((key) => ({
      path: `${path}.conditions.${key}`,
      code: 'CONDITION_NOT_APPLICABLE',
      message: `Events of ${chargeType} carry nothing this condition could hold on`,
    }));
}

/** A model that bills a part of a unit as a whole one: per event, or per package that is started. */
const roundsUp = ({ type }: RateModel): boolean => type === 'flat' || type === 'package';

function overlaps(rules: readonly RateRuleInput[], path: string): FieldError[] {
  return rules.flatMap((rule, index) =>
    rules
      .slice(0, index)
      .filter((other) => other.chargeType === rule.chargeType && other.priority === rule.priority)
      .filter((other) => unitsMeet(other, rule) && canBothHold(other.conditions, rule.conditions))
      .map((other) => ({
        path: `${path}.${index}.priority`,
        code: 'RULES_OVERLAP',
        message: `The rules ${other.key} and ${rule.key} have the same priority and can both apply`,
      })),
  );
}

/** Where the event says the unit, rules for different units exclude each other. */
export const unitsMeet = (left: RateRuleInput, right: RateRuleInput): boolean =>
  findChargeType(left.chargeType)?.unit !== null || left.unit === right.unit;
