import type { Facts, OracleMerchant } from '../../../oracle/facts.ts';
import { compute, type OracleInvoice, type OracleResult } from '../../../oracle/oracle.ts';
import { lineText } from '../../../oracle/print.ts';
import type { RateCard, RateModel, RateRule, RateVersion } from '../../../oracle/rate-card.ts';

export const rule = (chargeType: string, model: RateModel, more: Partial<RateRule> = {}): RateRule => ({
  key: chargeType.replaceAll('_', '-'),
  chargeType,
  priority: 100,
  model,
  label: { de: chargeType, en: chargeType },
  unit: 'piece',
  ...more,
});

export const perUnit = (
  unitPrice: string,
  more: { baseQuantity?: string; perDaysOfMonth?: boolean } = {},
): RateModel => ({
  type: 'perUnit',
  unitPrice,
  ...more,
});

export const graduated = (...tiers: [string | null, string][]): RateModel => ({
  type: 'graduated',
  tiers: tiers.map(([upTo, unitPrice]) => ({ upTo, unitPrice })),
});

/** Free of charge for everything the fulfilment of a parcel makes, so that a case can price one thing alone. */
const FREE = ['pick_first', 'pick_further', 'pack', 'material', 'freight'];

export const version = (number: number, validFrom: string, ...rules: RateRule[]): RateVersion => ({
  version: number,
  validFrom,
  rules: [
    ...rules,
    ...FREE.filter((type) => !rules.some(({ chargeType }) => chargeType === type)).map((type) =>
      rule(type, perUnit('0')),
    ),
  ],
});

export const card = (...versions: RateVersion[]): RateCard => ({ code: 'c', name: 'c', currency: 'EUR', versions });

export const MERCHANT: OracleMerchant = { number: 'M', taxTreatment: 'domestic', softwareFee: false };

export const shipment = (
  shippedOn: string,
  pieces: number,
  more: { country?: string; weightGrams?: number; knownOn?: string } = {},
) => ({
  merchant: 'M',
  reference: `${shippedOn} ${pieces}`,
  shippedOn,
  pieces,
  country: 'DE',
  weightGrams: 500,
  ...more,
});

export async function billed(
  rateCard: RateCard,
  facts: Facts,
  [from, to]: [string, string],
  merchant: OracleMerchant = MERCHANT,
): Promise<OracleResult> {
  return compute({ rateCard, merchants: [merchant], facts, from, to });
}

/** The lines that cost something, as the oracle shows them. */
export const shown = (invoice: OracleInvoice | undefined): string[] =>
  (invoice?.lines ?? []).filter((line) => line.unitPrice !== 0n).map(lineText);
