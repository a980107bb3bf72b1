import { decimal } from './decimal.ts';

export interface RateCard {
  code: string;
  name: string;
  currency: string;
  versions: RateVersion[];
}

export interface RateVersion {
  version: number;
  validFrom: string;
  rules: RateRule[];
}

export interface RateRule {
  key: string;
  chargeType: string;
  priority: number;
  conditions?: {
    countries?: string[];
    countriesNot?: string[];
    weightGramsUpTo?: number;
    weightGramsOver?: number;
  };
  model: RateModel;
  label: { de: string; en: string };
  unit: string;
}

export type RateModel =
  | { type: 'perUnit'; unitPrice: string; baseQuantity?: string; perDaysOfMonth?: boolean }
  | { type: 'flat'; amount: string }
  | { type: 'graduated'; tiers: { upTo: string | null; unitPrice: string }[] };

/** The rule that prices an event, and the version it stands in. */
export interface Rate {
  version: number;
  rule: RateRule;
}

export interface Priceable {
  chargeType: string;
  serviceDate: string;
  country?: string;
  weightGrams?: number;
}

/** A function from an event to its rate; null when no rule fits. Throws when two rules of equal priority fit. */
export function rates(card: RateCard): (event: Priceable) => Rate | null {
  const versions = [...card.versions].sort(
    (a, b) => (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0) || b.version - a.version,
  );
  versions.forEach((version) => version.rules.forEach(checkTiers));
  return (event) => {
    const version = versions.find(({ validFrom }) => validFrom <= event.serviceDate);
    const fitting = (version?.rules ?? []).filter((rule) => rule.chargeType === event.chargeType && fits(rule, event));
    const highest = fitting.reduce((most, rule) => Math.max(most, rule.priority), -Infinity);
    const [rule, rival] = fitting.filter(({ priority }) => priority === highest);
    if (rival) throw new Error(`The rules ${rule!.key} and ${rival.key} have the same priority and both fit`);
    return rule ? { version: version!.version, rule } : null;
  };
}

function fits({ conditions = {} }: RateRule, { country, weightGrams }: Priceable): boolean {
  const { countries, countriesNot, weightGramsUpTo, weightGramsOver } = conditions;
  if (countries && !(country !== undefined && countries.includes(country))) return false;
  if (countriesNot && (country === undefined || countriesNot.includes(country))) return false;
  if (weightGramsUpTo !== undefined && !(weightGrams !== undefined && weightGrams <= weightGramsUpTo)) return false;
  return weightGramsOver === undefined || (weightGrams !== undefined && weightGrams > weightGramsOver);
}

function checkTiers({ key, model }: RateRule): void {
  if (model.type !== 'graduated') return;
  const limits = model.tiers.map(({ upTo }) => (upTo === null ? null : decimal(upTo)));
  const ascending = limits.every((limit, index) =>
    index === limits.length - 1 ? limit === null : limit !== null && limit > (limits[index - 1] ?? 0n),
  );
  if (!ascending) throw new Error(`The tiers of ${key} do not ascend to an open end`);
}
