import { divideRounded } from '../../../../../shared/kernel/decimal.ts';
import { textAt, type XmlNode } from '../xml-tree.ts';

const PLACES = 10;
/** One, as a figure. */
export const UNIT = 10n ** BigInt(PLACES);
export const CENT = UNIT / 100n;

/** A decimal, exact to ten places. `undefined` when there is none, or more places than anybody writes. */
export function figure(text: string | undefined): bigint | undefined {
  const [, sign = '', whole = '', places = ''] = /^([+-]?)(\d+)(?:\.(\d{0,10}))?$/.exec(text?.trim() ?? '') ?? [];
  if (whole === '') return undefined;
  const magnitude = BigInt(whole + places.padEnd(PLACES, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** The figure at a path. */
export const figureAt = (node: XmlNode | undefined, path: string): bigint | undefined => figure(textAt(node, path));

/** The figures at one path of several elements, added up; what is missing counts nothing, since a rule of its own says so. */
export const sumOf = (nodes: readonly XmlNode[], path: string): bigint =>
  nodes.reduce((sum, node) => sum + (figureAt(node, path) ?? 0n), 0n);

/** A percentage of an amount, rounded to two places, half away from zero. */
export const shareOf = (amount: bigint, percent: bigint): bigint =>
  divideRounded(amount * percent, 100n * UNIT * CENT) * CENT;

/**
 * Whether a tax is what its basis and rate make: to the cent, or, where it may be the rest of another document's tax, within
 * less than one unit of currency. That is the tolerance of BR-S-09 in the schematron of EN 16931 for CII, and within that of BR-CO-17.
 */
export function isTaxOf(tax: bigint, due: bigint, mayBeRest: boolean): boolean {
  const difference = tax < due ? due - tax : tax - due;
  return mayBeRest ? difference < UNIT : difference === 0n;
}

/** As a person reads it: `12.5`. */
export function shown(figure: bigint): string {
  const magnitude = figure < 0n ? -figure : figure;
  const places = (magnitude % UNIT).toString().padStart(PLACES, '0').replace(/0+$/, '').padEnd(2, '0');
  return `${figure < 0n ? '-' : ''}${magnitude / UNIT}.${places}`;
}
