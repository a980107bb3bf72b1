/** Prices in words. */
export const recordsPrices = {
  perUnit: '{{price}} je {{unit}}',
  perBase: '{{price}} je {{base}} {{unit}}',
  perMonth: '{{price}} je Monat, taggenau ({{unit}})',
  free: '{{price}}; die ersten {{free}} im Monat sind frei',
  flat: '{{price}} pauschal',
  package: '{{price}} je angefangene {{size}} {{unit}}',
  tier: '{{price}} bis {{upTo}}',
  tierRest: 'darüber {{price}}',
  graduated: 'je {{unit}}: {{tiers}}',
  volume: 'je {{unit}}, der erreichte Preis gilt für die ganze Monatsmenge: {{tiers}}',
  percentage: '{{percent}} % vom Betrag',
  costPlus: 'Kosten plus {{percent}} %',
  atLeast: 'mindestens {{price}}',
  atMost: 'höchstens {{price}}',
  marginAtLeast: 'Aufschlag mindestens {{price}}',
} as const;
