import { firstDayOf, lastDayOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { ContractTerms, TaxTreatment } from '../../../../shared/protocol/merchants/events.ts';

/** EN 16931 category with its rate in hundredths of a percent. */
export interface VatClass {
  category: 'S' | 'AE' | 'O' | 'E';
  rateBasisPoints: number;
}

/** What is outside the scope of VAT never shares a document with what is not (EN 16931 BR-O-11 to 14). */
export type TaxGroup = 'inside' | 'outside';
export const taxGroupOf = ({ category }: Pick<VatClass, 'category'>): TaxGroup =>
  category === 'O' ? 'outside' : 'inside';

/**
 * Standard rate in Germany since the day given, the latest first, with the law that set it. Each begins on the first of
 * a month, so a month's services, which are supplied in parts by the month, have one rate (§ 13 Abs. 1 Nr. 1a UStG).
 */
const STANDARD_RATES = [
  { from: '2021-01-01', rateBasisPoints: 1900, source: '§ 12 Abs. 1 UStG' },
  { from: '2020-07-01', rateBasisPoints: 1600, source: '§ 28 Abs. 1 UStG (Zweites Corona-Steuerhilfegesetz)' },
  { from: '2007-01-01', rateBasisPoints: 1900, source: '§ 12 Abs. 1 UStG (Haushaltsbegleitgesetz 2006)' },
] as const;

/**
 * How a service of a month is taxed. Category O, not AE and not G, for merchants in third countries: the place of
 * supply lies outside (§ 3a Abs. 2 UStG; e-invoice.md). What is related to land is supplied where the land is, whoever
 * the merchant is (§ 3a Abs. 3 Nr. 1 UStG); only who is exempt stays so.
 * @throws RangeError for months before 2007
 */
export function vatClassOf(
  treatment: TaxTreatment,
  serviceMonth: LocalMonth,
  { landRelated = false }: { landRelated?: boolean } = {},
): VatClass {
  if (treatment === 'exempt') return { category: 'E', rateBasisPoints: 0 };
  if (treatment === 'domestic' || landRelated) return { category: 'S', rateBasisPoints: standardRateOf(serviceMonth) };
  return { category: treatment === 'reverseCharge' ? 'AE' : 'O', rateBasisPoints: 0 };
}

function standardRateOf(month: LocalMonth): number {
  const rate = STANDARD_RATES.find(({ from }) => from <= firstDayOf(month));
  if (!rate) throw new RangeError(`There is no VAT rate for ${month}`);
  return rate.rateBasisPoints;
}

/**
 * Whether the storage of a month is let land: by the contract in force on the month's last day, or that began last
 * before it. Storage is supplied in parts by the month, and a part is supplied when the month ends; a charge that comes
 * late is taxed by the contract of its own month, not by that of the day it is billed.
 */
export const isStorageLandRelated = (
  contracts: readonly Pick<ContractTerms, 'startsOn' | 'storageIsLandRelated'>[],
  month: LocalMonth,
): boolean =>
  contracts
    .filter(({ startsOn }) => startsOn <= lastDayOf(month))
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0]?.storageIsLandRelated === true;
