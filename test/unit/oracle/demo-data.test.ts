import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SAMPLE_MERCHANTS } from '../../../demo/data/make-sample.ts';
import type { OracleMerchant } from '../../../oracle/facts.ts';
import { rates, type RateCard } from '../../../oracle/rate-card.ts';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../demo/data/${name}.json`, import.meta.url), 'utf8')) as T;

const merchants = read<(OracleMerchant & { country: string; vatId: string | null })[]>('merchants');
const rateOf = rates(read<RateCard>('rate-card'));

test('the merchants of the demo are those of the sample, in all three tax treatments', () => {
  expect(merchants.map(({ number }) => number)).toEqual(SAMPLE_MERCHANTS);
  const countries = (treatment: string) =>
    merchants.filter((one) => one.taxTreatment === treatment).map((one) => one.country);
  expect(new Set(countries('domestic'))).toEqual(new Set(['DE']));
  expect(countries('reverseCharge')).toEqual(['AT', 'NL']);
  expect(countries('thirdCountry')).toEqual(['GB', 'CH']);
  expect(merchants.filter((one) => one.taxTreatment === 'reverseCharge' && !one.vatId)).toEqual([]);
});

test.each([
  ['DE', 2_000, 'freight-de-2kg'],
  ['DE', 2_001, 'freight-de-5kg'],
  ['EU', 10_000, 'freight-eu-10kg'],
  ['GB', 31_500, 'freight-near-31kg'],
  ['US', 31_501, 'freight-world-freight'],
  ['ZZ', 18_553_750, 'freight-world-freight'],
  ['AU', 1, 'freight-world-2kg'],
])('a parcel to %s of %i g is priced by %s', (country, weightGrams, key) => {
  expect(rateOf({ chargeType: 'freight', serviceDate: '2026-10-01', country, weightGrams })?.rule.key).toBe(key);
});

test.each(
  `pick_first pick_further pack material return_parcel return_item return_photo return_restock return_disposal
   return_undeliverable rtv_handling rtv_freight storage software_fee special_job`.split(/\s+/),
)('the card prices %s', (chargeType) => {
  expect(rateOf({ chargeType, serviceDate: '2010-12-01' })?.rule.chargeType).toBe(chargeType);
});
