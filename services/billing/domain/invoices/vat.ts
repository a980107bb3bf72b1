import { lastDayOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { TaxTreatment } from '../../../../shared/protocol/merchants/events.ts';

/** EN 16931 category with its rate in hundredths of a percent. */
export interface VatClass {
  category: 'S' | 'AE' | 'O' | 'E';
  rateBasisPoints: number;
}

/** Standard rate in Germany since the day given (§ 12 UStG; § 28 UStG for the second half of 2020). */
const STANDARD_RATES = [
  { from: '2021-01-01', rateBasisPoints: 1900 },
  { from: '2020-07-01', rateBasisPoints: 1600 },
  { from: '2007-01-01', rateBasisPoints: 1900 },
];

/**
 * How a service of a month is taxed. Category O, not AE and not G, for merchants in third countries: the place of
 * supply lies outside (§ 3a Abs. 2 UStG; e-invoice.md).
 * @throws RangeError for months before 2007
 */
export function vatClassOf(treatment: TaxTreatment, serviceMonth: LocalMonth): VatClass {
  switch (treatment) {
    case 'domestic': {
      const rate = STANDARD_RATES.find(({ from }) => from <= lastDayOf(serviceMonth));
      if (!rate) throw new RangeError(`There is no VAT rate for ${serviceMonth}`);
      return { category: 'S', rateBasisPoints: rate.rateBasisPoints };
    }
    case 'reverseCharge':
      return { category: 'AE', rateBasisPoints: 0 };
    case 'thirdCountry':
      return { category: 'O', rateBasisPoints: 0 };
    case 'exempt':
      return { category: 'E', rateBasisPoints: 0 };
  }
}
