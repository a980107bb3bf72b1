import type { ChargeGroup } from '../../oracle/groups.ts';
import type { Minimum, RateCard, RateModel, RateRule, RateVersion } from '../../oracle/rate-card.ts';

type Content = Pick<RateVersion, 'validFrom' | 'rules'> & Partial<RateVersion>;

export const card = (code: string, versions: readonly Content[]): RateCard => ({
  ...{ code, name: code, currency: 'EUR' },
  versions: versions.map((content, index) => ({ version: index + 1, ...content })),
});
const UNITS: Record<string, string> = {
  ...{ pick_first: 'order', pick_further: 'piece', pick_line: 'line', pick_weight: 'kg', pack: 'parcel' },
  ...{ material: 'parcel', freight: 'parcel', carrier_surcharge: 'surcharge', software_fee: 'month' },
};
export const label = (key: string) => ({ de: `Leistung ${key}`, en: `Service ${key}` });
export function rule(chargeType: string, model: RateModel, more: Partial<RateRule> = {}): RateRule {
  const key = more.key ?? chargeType;
  return {
    priority: 100,
    conditions: {},
    unit: UNITS[chargeType] ?? 'piece',
    label: label(key),
    ...more,
    ...{ key, chargeType, model },
  };
}
export const perUnit = (unitPrice: string, more: Partial<Extract<RateModel, { type: 'perUnit' }>> = {}): RateModel => ({
  ...more,
  ...{ type: 'perUnit', unitPrice },
});
export const tiers = (
  type: 'graduated' | 'volume',
  ...steps: readonly (readonly [string | null, string])[]
): RateModel => ({
  type,
  tiers: steps.map(([upTo, unitPrice]) => ({ upTo, unitPrice })),
});
export const minimum = (amount: string, groups?: ChargeGroup[]): Minimum => ({
  ...{ key: 'minimum', label: label('minimum'), amount },
  ...(groups ? { groups } : {}),
});
