import { readFileSync } from 'node:fs';
import type { RateCard, RateRule } from '../oracle/rate-card.ts';
import type { Grade } from './returns/findings.ts';

/** A company of data/merchants.json. */
export interface DemoMerchant {
  number: string;
  name: string;
  contact: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  taxTreatment: 'domestic' | 'reverseCharge' | 'thirdCountry';
  vatId: string | null;
  invoiceEmail: string;
  noticeEmail: string;
  language: 'de' | 'en';
  paymentTermDays: number;
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8')) as T;

export const demoMerchants = (): DemoMerchant[] => read('merchants');
/** The price list with what is seldom done besides. */
export function demoRateCard(): RateCard {
  const card = read<RateCard>('rate-card');
  const further = read<RateRule[]>('further-rates');
  return { ...card, versions: card.versions.map((one) => ({ ...one, rules: [...one.rules, ...further] })) };
}

export interface ReturnRule {
  grades: Grade[];
  disposition: 'restock_b' | 'dispose';
}

const DISPOSE_SCRAP: ReturnRule = { grades: ['D'], disposition: 'dispose' };
const SELL_B: ReturnRule = { grades: ['B'], disposition: 'restock_b' };

/** What some merchants agreed on beyond the usual: doormats and glass are not sent back, B goods are sold as such. */
export const RETURN_RULES: Record<string, ReturnRule[]> = {
  481: [DISPOSE_SCRAP],
  843: [DISPOSE_SCRAP],
  847: [DISPOSE_SCRAP, SELL_B],
  825: [SELL_B],
  851: [SELL_B],
};

/** Where goods end: back on the shelf, in the bin, or in the batch that goes back to the merchant. */
export type End = 'restocked' | 'disposed' | 'batch';

/** @param grade  null for an undeliverable parcel that nobody opened */
export function endOf(merchant: string, grade: Grade | null): End {
  if (grade === null) return 'restocked';
  const rule = RETURN_RULES[merchant]?.find(({ grades }) => grades.includes(grade));
  if (rule) return rule.disposition === 'dispose' ? 'disposed' : 'restocked';
  return grade === 'A' ? 'restocked' : 'batch';
}
