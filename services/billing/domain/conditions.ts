import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';
import type { ChargeAttributes } from './charge-fact.ts';

/** Why a rule does not apply. */
export type Rejection =
  'COUNTRY' | 'WEIGHT' | 'CARRIER' | 'CHANNEL' | 'CODE' | 'RETURN_KIND' | 'GRADE' | 'METHOD' | 'AGE' | 'TAG';

/** Conditions that name the allowed values of one attribute. */
const LISTS = [
  ['carriers', 'carrier', 'CARRIER'],
  ['channels', 'channel', 'CHANNEL'],
  ['codes', 'code', 'CODE'],
  ['returnKinds', 'returnKind', 'RETURN_KIND'],
  ['methods', 'method', 'METHOD'],
] as const;

/** The first condition that does not hold, `undefined` when all do. What an event lacks holds no condition. */
export function rejectedBy(conditions: RateConditions, attributes: ChargeAttributes): Rejection | undefined {
  const { country, weightGrams, grades = [] } = attributes;
  const { countries, countriesNot, weightGramsOver, weightGramsUpTo } = conditions;
  if (countries && (country === undefined || !countries.includes(country))) return 'COUNTRY';
  if (countriesNot && (country === undefined || countriesNot.includes(country))) return 'COUNTRY';
  if (weightGramsOver !== undefined && (weightGrams === undefined || weightGrams <= weightGramsOver)) return 'WEIGHT';
  if (weightGramsUpTo !== undefined && (weightGrams === undefined || weightGrams > weightGramsUpTo)) return 'WEIGHT';
  if (!isInAgeBand(conditions, attributes)) return 'AGE';
  for (const [condition, attribute, code] of LISTS) {
    const allowed: readonly string[] | undefined = conditions[condition];
    const value = attributes[attribute];
    if (allowed && (value === undefined || value === null || !allowed.includes(value))) return code;
  }
  const allowedGrades: readonly string[] | undefined = conditions.grades;
  if (allowedGrades && !(grades.length > 0 && grades.every((grade) => allowedGrades.includes(grade)))) return 'GRADE';
  const tags = conditions.tags;
  if (tags && !attributes.tags?.some((tag) => tags.includes(tag))) return 'TAG';
  return undefined;
}

/** Whether some event could meet both sets of conditions. */
export function canBothHold(left: RateConditions, right: RateConditions): boolean {
  const lists = ['carriers', 'channels', 'codes', 'returnKinds', 'methods', 'grades'] as const;
  return (
    lists.every((key) => shareValue(left[key], right[key])) &&
    shareCountry(left, right) &&
    shareWeight(left, right) &&
    shareAge(left, right)
  );
}

/** A charge of an age band belongs to a rule that asks for the whole of it; ages that straddle a bound have no price. */
function isInAgeBand(
  { ageDaysOver: over, ageDaysUpTo: upTo }: RateConditions,
  { ageDaysOver: from, ageDaysUpTo: to }: ChargeAttributes,
): boolean {
  if (over === undefined && upTo === undefined) return true;
  if (from === undefined) return false;
  return from >= (over ?? 0) && (upTo === undefined || (to !== undefined && to <= upTo));
}

/** Whether every event that meets the narrow conditions meets the wide ones too. */
export function covers(wide: RateConditions, narrow: RateConditions): boolean {
  const lists = ['carriers', 'channels', 'codes', 'returnKinds', 'methods', 'grades', 'tags'] as const;
  return (
    lists.every((key) => !wide[key] || (narrow[key]?.every((value) => isIn(wide[key]!, value)) ?? false)) &&
    coversCountry(wide, narrow) &&
    coversWeight(wide, narrow) &&
    coversAge(wide, narrow)
  );
}

const isIn = (list: readonly string[], value: string): boolean => list.includes(value);

function coversCountry(wide: RateConditions, { countries, countriesNot = [] }: RateConditions): boolean {
  const possible = countries?.filter((country) => !countriesNot.includes(country));
  if (wide.countries && !possible?.every((country) => wide.countries!.includes(country))) return false;
  if (!wide.countriesNot) return true;
  return possible
    ? possible.every((country) => !wide.countriesNot!.includes(country))
    : wide.countriesNot.every((country) => countriesNot.includes(country));
}

/** A bound is held by nothing that has no weight, so a rule without one is never within a band. */
function coversWeight(wide: RateConditions, narrow: RateConditions): boolean {
  const bounded = narrow.weightGramsOver !== undefined || narrow.weightGramsUpTo !== undefined;
  if (wide.weightGramsOver !== undefined && !(bounded && (narrow.weightGramsOver ?? -1) >= wide.weightGramsOver))
    return false;
  return (
    wide.weightGramsUpTo === undefined || (bounded && (narrow.weightGramsUpTo ?? Infinity) <= wide.weightGramsUpTo)
  );
}

/** The same for the ages of goods, which only charges by age band have. */
function coversAge(wide: RateConditions, narrow: RateConditions): boolean {
  if (wide.ageDaysOver === undefined && wide.ageDaysUpTo === undefined) return true;
  if (narrow.ageDaysOver === undefined && narrow.ageDaysUpTo === undefined) return false;
  return (
    (narrow.ageDaysOver ?? 0) >= (wide.ageDaysOver ?? 0) &&
    (narrow.ageDaysUpTo ?? Infinity) <= (wide.ageDaysUpTo ?? Infinity)
  );
}

function shareValue(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  return !left || !right || left.some((value) => right.includes(value));
}

function shareCountry(left: RateConditions, right: RateConditions): boolean {
  const named = left.countries ?? right.countries;
  // without a list some country outside all exclusions always remains
  if (!named) return true;
  return named.some((country) =>
    [left, right].every(
      ({ countries, countriesNot }) => (!countries || countries.includes(country)) && !countriesNot?.includes(country),
    ),
  );
}

function shareWeight(left: RateConditions, right: RateConditions): boolean {
  const over = Math.max(left.weightGramsOver ?? -1, right.weightGramsOver ?? -1);
  const upTo = Math.min(left.weightGramsUpTo ?? Infinity, right.weightGramsUpTo ?? Infinity);
  return over < upTo;
}

function shareAge(left: RateConditions, right: RateConditions): boolean {
  const over = Math.max(left.ageDaysOver ?? 0, right.ageDaysOver ?? 0);
  const upTo = Math.min(left.ageDaysUpTo ?? Infinity, right.ageDaysUpTo ?? Infinity);
  return over < upTo;
}
