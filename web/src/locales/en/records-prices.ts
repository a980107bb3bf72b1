import type { TextsLike } from '../../app/i18n/texts.ts';
import type { recordsPrices as german } from '../de/records-prices.ts';

/** Prices in words. */
export const recordsPrices: TextsLike<typeof german> = {
  perUnit: '{{price}} per {{unit}}',
  perBase: '{{price}} per {{base}} {{unit}}',
  perMonth: '{{price}} per month, by {{unit}}',
  free: '{{price}}; the first {{free}} of a month are free',
  flat: '{{price}} flat',
  package: '{{price}} per started {{size}} {{unit}}',
  tier: '{{price}} up to {{upTo}}',
  tierRest: '{{price}} above',
  graduated: 'per {{unit}}: {{tiers}}',
  volume: 'per {{unit}}, the price reached holds for all of the month: {{tiers}}',
  percentage: '{{percent}} % of the amount',
  costPlus: 'Cost plus {{percent}} %',
  atLeast: 'at least {{price}}',
  atMost: 'at most {{price}}',
  marginAtLeast: 'margin at least {{price}}',
};
