import { z } from 'zod';
import { firstDayOf, type LocalMonth } from '../../kernel/dates.ts';
import { localDate } from '../schemas.ts';

/** How VAT applies to services for this merchant (billing.md, Lines): S, AE, O, E in EN 16931. */
export const taxTreatment = z.enum(['domestic', 'reverseCharge', 'thirdCountry', 'exempt']);
export type TaxTreatment = z.output<typeof taxTreatment>;

/** How the services of months before a day were taxed, ascending; each day is the first of a month. */
export const taxBefore = z.array(z.object({ before: localDate, treatment: taxTreatment }));

/** How a merchant is taxed now, and was. */
export interface DatedTaxes {
  taxTreatment: TaxTreatment;
  taxBefore: z.output<typeof taxBefore>;
}

/** How the services of a month are taxed, whenever they are billed. */
export const treatmentIn = ({ taxTreatment: now, taxBefore: earlier }: DatedTaxes, month: LocalMonth): TaxTreatment =>
  earlier.find(({ before }) => before > firstDayOf(month))?.treatment ?? now;
