import { formatMicros, parseMicros } from '../../../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../../../shared/kernel/dates.ts';
import { group, leaf, type Part } from './xml.ts';

/** Minor units with two places and a point: `-5` is `-0.05` (EN 16931 BR-DEC). */
export function amount(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A plain decimal without zeros at its end, its sign turned when `turn` is -1. */
export const decimal = (text: string, turn: 1 | -1 = 1): string => formatMicros(BigInt(turn) * parseMicros(text));

export const isNegative = (text: string): boolean => parseMicros(text) < 0n;

/** Basis points as a percentage: 1900 is `19.00`. */
export const percentage = (basisPoints: number): string => amount(basisPoints);

/** A day in one of the elements for it, in the format 102, `20261231` (UNTDID 2379). */
export const dateTime = (name: string, day: LocalDate | undefined): Part =>
  group(name, leaf('udt:DateTimeString', day?.replaceAll('-', ''), { format: '102' }));

export const period = ({ from, to }: { from: LocalDate; to: LocalDate }): Part =>
  group('ram:BillingSpecifiedPeriod', dateTime('ram:StartDateTime', from), dateTime('ram:EndDateTime', to));
