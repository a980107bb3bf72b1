import { readDecimal, type DecimalFault } from './read-decimal.ts';

/** What stands in a field and is no figure that may be sent; no type of the API has it, so it cannot be sent. */
export interface Unreadable {
  readonly unreadable: string;
}

/** What a field says: a figure, nothing, or what cannot be read. */
export type Typed<Figure> = Figure | undefined | Unreadable;

export const isUnreadable = (typed: unknown): typed is Unreadable =>
  typeof typed === 'object' && typed !== null && 'unreadable' in typed;

export interface FigureRange {
  min?: number;
  max?: number;
  /** Decimal places that may be written. */
  places: number;
}

export type FigureFault = DecimalFault | 'noNumber' | 'notWhole' | 'tooManyPlaces' | 'tooSmall' | 'tooLarge';

export interface ReadFigure {
  /** As the API writes it; nothing where nothing is written, and where there is a fault. */
  value: string | undefined;
  fault?: FigureFault;
}

/** {@link readDecimal}, for a figure with bounds; what was typed is never changed to fit. */
export function readFigure(text: string, language: string, { min, max, places }: FigureRange): ReadFigure {
  const { value, fault } = readDecimal(text, language);
  if (fault && !places) return { value: undefined, fault: 'notWhole' };
  // what has three places is nothing to choose where two may be written
  if (fault) return { value: undefined, fault: fault === 'grouped' && places < 3 ? 'sign' : fault };
  if (value === undefined) return { value };
  const parts = /^(-?)(\d*)\.?(\d*)$/.exec(value);
  if (!parts || !(parts[2] || parts[3])) return { value: undefined, fault: 'noNumber' };
  const [, sign = '', whole = '', part = ''] = parts;
  if (part.length > places) return { value: undefined, fault: places ? 'tooManyPlaces' : 'notWhole' };
  const number = Number(value);
  if (min !== undefined && number < min) return { value: undefined, fault: 'tooSmall' };
  if (max !== undefined && number > max) return { value: undefined, fault: 'tooLarge' };
  return { value: `${sign}${whole || '0'}${part && `.${part}`}` };
}

/** Minor units of a decimal with two places at most, without a detour over fractions that are not exact. */
export function minorOf(decimal: string): number {
  const [whole = '', part = ''] = decimal.split('.');
  return Number(`${whole}${part.padEnd(2, '0')}`);
}

/** The same back, for a field that is filled in already; what is owed the other way is as positive. */
export const decimalOf = (minor: number): string => (Math.abs(minor) / 100).toFixed(2);
