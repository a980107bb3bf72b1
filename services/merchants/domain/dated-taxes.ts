import { addMonths, firstDayOf, monthOf, type LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';
import { treatmentIn, type DatedTaxes, type TaxTreatment } from '../../../shared/protocol/merchants/dated-taxes.ts';

/** First day of the month from which the treatment of now holds; `null` since ever. */
export const treatmentFrom = ({ taxBefore }: DatedTaxes): LocalDate | null => taxBefore.at(-1)?.before ?? null;

/**
 * How a merchant is taxed after a change. Services are supplied in parts by the month (§ 13 Abs. 1 Nr. 1a UStG), so a
 * change holds from the first of a month, that of today unless said otherwise; earlier months stay as they were.
 * @param change  `from`: absent for today's month, or no change without another treatment; `null` for all months
 * @throws InvalidInput at `taxTreatmentFrom` for a day within a month
 */
export function withTreatment(
  now: DatedTaxes,
  change: { treatment?: TaxTreatment | undefined; from?: LocalDate | null | undefined },
  today: LocalDate,
): DatedTaxes {
  const treatment = change.treatment ?? now.taxTreatment;
  const isOther = treatment !== now.taxTreatment;
  const from = change.from === undefined && isOther ? firstDayOf(monthOf(today)) : change.from;
  const same = { taxTreatment: treatment, taxBefore: now.taxBefore };
  if (from === undefined || (!isOther && from === treatmentFrom(now))) return same;
  if (from === null) return { taxTreatment: treatment, taxBefore: [] };
  if (from !== firstDayOf(monthOf(from)))
    throw invalidField('taxTreatmentFrom', 'FIRST_OF_MONTH', 'The VAT of services changes with the first of a month');
  const earlier = earlierTreatment(now, from, isOther);
  // nothing else is known of the months before
  if (earlier === undefined) return same;
  const kept = now.taxBefore.filter(({ before }) => before < from);
  return {
    taxTreatment: treatment,
    taxBefore: earlier === treatment ? kept : [...kept, { before: from, treatment: earlier }],
  };
}

/** Where the boundary alone moves, the months between it and the new day change sides. */
function earlierTreatment(now: DatedTaxes, from: LocalDate, isOther: boolean): TaxTreatment | undefined {
  const known = treatmentIn(now, addMonths(monthOf(from), -1));
  if (isOther || known !== now.taxTreatment) return known;
  return now.taxBefore.at(-1)?.treatment;
}
