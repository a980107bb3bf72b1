export interface NumberRange {
  min?: number;
  max?: number;
  /** Decimal places that may be written; a whole number without. */
  places?: number;
}

export type NumberFault = 'notWhole' | 'tooManyPlaces' | 'tooSmall' | 'tooLarge';

/** A field hands on text where a number would lose zeros: of "1.000" nobody knows whether it is one or a thousand. */
const placesOf = (typed: number | string): number =>
  typeof typed === 'string' ? (typed.split('.')[1] ?? '').length : 0;

/**
 * What is wrong with a number as it stands in a field; what was typed is never changed to fit.
 * @param typed  as the field tells it: a number, or text where a number has no exact value; `''` is nothing
 */
export function numberFault(typed: number | string | null, { min, max, places = 0 }: NumberRange): NumberFault | null {
  if (typed === '' || typed === null) return null;
  const value = Number(typed);
  if (Number.isNaN(value)) return places ? 'tooManyPlaces' : 'notWhole';
  if (min !== undefined && value < min) return 'tooSmall';
  if (max !== undefined && value > max) return 'tooLarge';
  const isTooFine = Math.abs(value * 10 ** places - Math.round(value * 10 ** places)) > 1e-6;
  return isTooFine || placesOf(typed) > places ? (places ? 'tooManyPlaces' : 'notWhole') : null;
}
