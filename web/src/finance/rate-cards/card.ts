import type { Input, Output } from '../../app/api/contract.ts';

export type Card = Output<'GET /rate-cards/{id}'>;
export type Version = Card['versions'][number];
export type Rule = Version['rules'][number];
export type Conditions = Rule['conditions'];
export type Model = Rule['model'];
export type Adjustment = Version['adjustments'][number];
export type Minimum = Version['minimums'][number];
export type Warning = Output<'POST /rate-cards/check'>['warnings'][number];
/** A version that is not stored yet. */
export type Draft = Pick<Version, 'validFrom' | 'rules' | 'adjustments' | 'minimums'>;
export type NewCard = Input<'POST /rate-cards'>;

export const MODELS = [
  'perUnit',
  'flat',
  'package',
  'graduated',
  'volume',
  'percentage',
  'costPlus',
] as const satisfies readonly Model['type'][];
export const GROUPS = [
  'fulfilment',
  'freight',
  'storage',
  'software',
  'returns',
  'goodsIn',
  'specialJobs',
] as const satisfies readonly NonNullable<Minimum['groups']>[number][];

/** The version that comes last, which is not always the one in force. */
export const latestOf = <V extends { version: number }>({ versions }: { versions: readonly V[] }): V =>
  versions.reduce((last, one) => (one.version > last.version ? one : last));

/** The version in force on a day: the greatest start up to it, of equal ones the highest number (billing.md, Price). */
export const inForce = <V extends { version: number; validFrom: string }>(
  { versions }: { versions: readonly V[] },
  day: string,
): V | undefined =>
  versions
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version)[0];

/** A field that is there or not, never there without a value. */
export function withField<T extends object, K extends keyof T>(item: T, key: K, value: T[K] | undefined): T {
  const copy = { ...item };
  if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}
