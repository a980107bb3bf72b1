import type { RateConditions, RateRuleInput, RateWarning } from '../../../shared/protocol/billing/rate-card.ts';
import { findChargeType } from './charge-types/index.ts';

/** Stands for every country that no rule names. */
const OTHERS = '';

/**
 * Countries and weights that the conditions of the rules of a type leave without any rule. Other conditions are taken
 * to hold, so what is told is a gap for certain.
 * @param path  of the rules in the input
 */
export function rateGaps(rules: readonly RateRuleInput[], path: string): RateWarning[] {
  const groups = Map.groupBy(rules, ({ chargeType, unit }) =>
    JSON.stringify([chargeType, findChargeType(chargeType)?.unit === null ? unit : null]),
  );
  return [...groups.values()].flatMap((members) => gapsOf(members, path));
}

function gapsOf(members: readonly RateRuleInput[], path: string): RateWarning[] {
  const all = members.map(({ conditions }) => conditions);
  if (!all.every(isLimited)) return [];
  const countries = [
    ...new Set([...all.flatMap(({ countries: named = [], countriesNot = [] }) => [...named, ...countriesNot]), OTHERS]),
  ];
  const { chargeType } = members[0]!;
  const gaps = weightBands(all).map((band) => {
    const meeting = all.filter((conditions) => holdsWeight(conditions, band));
    return { band, without: countries.filter((country) => !meeting.some((one) => holdsCountry(one, country))) };
  });
  return merged(gaps).map(({ band, without }) => ({
    path,
    code: 'GAP' as const,
    message: `Nothing prices ${chargeType}${bandWords(band)}${countryWords(without, countries.length)}`,
    rules: members.map(({ key }) => key),
  }));
}

/** Limited by nothing, a rule leaves no gap. */
const isLimited = ({ countries, countriesNot, weightGramsOver, weightGramsUpTo }: RateConditions): boolean =>
  countries !== undefined ||
  countriesNot !== undefined ||
  weightGramsOver !== undefined ||
  weightGramsUpTo !== undefined;

/** Grams, the lower bound excluded; `Infinity` for the last one. */
interface Band {
  over: number;
  upTo: number;
}

/** The bands between all bounds that rules name: within one, weight decides nothing. */
function weightBands(all: readonly RateConditions[]): Band[] {
  const bounds = all.flatMap(({ weightGramsOver, weightGramsUpTo }) => [weightGramsOver ?? [], weightGramsUpTo ?? []]);
  const ascending = [...new Set([0, ...bounds.flat(), Infinity])].toSorted((left, right) => left - right);
  return ascending.slice(1).map((upTo, index) => ({ over: ascending[index]!, upTo }));
}

const holdsWeight = ({ weightGramsOver, weightGramsUpTo }: RateConditions, { over, upTo }: Band): boolean =>
  (weightGramsOver ?? 0) <= over && upTo <= (weightGramsUpTo ?? Infinity);

const holdsCountry = ({ countries, countriesNot }: RateConditions, country: string): boolean =>
  (!countries || countries.includes(country)) && !countriesNot?.includes(country);

/** Neighbouring bands that lack the same countries are one. */
function merged(gaps: readonly { band: Band; without: readonly string[] }[]) {
  const joined: { band: Band; without: readonly string[] }[] = [];
  for (const { band, without } of gaps) {
    const last = joined.at(-1);
    if (last && last.band.upTo === band.over && String(last.without) === String(without))
      last.band = { over: last.band.over, upTo: band.upTo };
    else joined.push({ band, without });
  }
  return joined.filter(({ without }) => without.length > 0);
}

function bandWords({ over, upTo }: Band): string {
  if (over === 0) return upTo === Infinity ? '' : ` up to ${upTo} g`;
  return upTo === Infinity ? ` over ${over} g` : ` over ${over} g up to ${upTo} g`;
}

function countryWords(without: readonly string[], count: number): string {
  if (without.length === count) return '';
  const named = without.filter((country) => country !== OTHERS).toSorted();
  const words = [...named.slice(0, 20), ...(named.length > 20 ? ['…'] : [])];
  return ` in ${[...words, ...(without.includes(OTHERS) ? ['countries that no rule names'] : [])].join(', ')}`;
}
