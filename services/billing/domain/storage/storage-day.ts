import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { ContractTerms } from '../../../../shared/protocol/merchants/events.ts';

export type StorageMethod = NonNullable<ContractTerms['storageMethod']>;
export type StorageMeasure = NonNullable<ContractTerms['storageMeasure']>;

/** What lay in one bin at 00:00 local at the start of the day. */
export interface StorageLine {
  bin: string;
  sku: string | null;
  storageType: 'bin' | 'pallet' | 'floor';
  quantity: string;
  /** Of the whole line. */
  volumeM3: string | null;
}

/** A recorded day of one merchant and warehouse. */
export interface StorageDay {
  headerId: string;
  merchantId: string;
  warehouse: string;
  day: LocalDate;
  /** How it came: `api`, `csv`, `ledger`, `reconstructed`. */
  source: string;
  lines: readonly StorageLine[];
}

/** What was agreed on storage for the days of a contract. */
export interface StorageTerms {
  contractId: string;
  startsOn: LocalDate;
  endsOn: LocalDate | null;
  method: StorageMethod | null;
  /** What a method that names no measure goes by. */
  measure: StorageMeasure | null;
  /** Last day of each age band, ascending; the band beyond the last is open. */
  ageBands: readonly number[];
}

export type Missing = 'VOLUME_MISSING';
/** Millionths of the measure by what they are made of: the bin, or the SKU. */
export type Amounts = ReadonlyMap<string, bigint>;

const DAILY: Partial<Record<StorageMethod, StorageMeasure>> = {
  binDay: 'bin',
  palletDay: 'pallet',
  cubicMetreDay: 'cubicMetre',
  pieceDay: 'piece',
};
/** They count a whole month as one. */
export const MONTHLY: readonly StorageMethod[] = ['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth'];

export const measureOf = ({ method, measure }: Pick<StorageTerms, 'method' | 'measure'>): StorageMeasure =>
  (method && DAILY[method]) ?? measure ?? 'piece';
export const needsWholeMonth = (method: StorageMethod | null): boolean => method !== null && MONTHLY.includes(method);
/** Methods that ask how long goods have been there. */
export const needsLayers = ({ method, ageBands }: Pick<StorageTerms, 'method' | 'ageBands'>): boolean =>
  method === 'anniversary' || (method !== null && ageBands.length > 0);

export const covers = ({ startsOn, endsOn }: Pick<StorageTerms, 'startsOn' | 'endsOn'>, day: LocalDate): boolean =>
  startsOn <= day && (endsOn === null || day <= endsOn);

/** Units by measure: of a day, and of a month. */
export const UNITS: Record<StorageMeasure, { day: string; month: string }> = {
  bin: { day: 'bin_day', month: 'bin_month' },
  pallet: { day: 'pallet_day', month: 'pallet_month' },
  cubicMetre: { day: 'm3_day', month: 'm3_month' },
  piece: { day: 'piece_day', month: 'piece_month' },
};

/**
 * How much lay there, by bin for bins and by SKU for everything else. Every bin that is listed is one.
 * @returns `VOLUME_MISSING` where a part of the volume would be a wrong amount (F6)
 */
export function amountsOf(lines: readonly StorageLine[], measure: StorageMeasure): Amounts | Missing {
  const amounts = new Map<string, bigint>();
  for (const line of lines) {
    if (measure === 'pallet' && line.storageType !== 'pallet') continue;
    if (measure === 'bin') {
      amounts.set(line.bin, MICROS);
      continue;
    }
    const quantity = parseMicros(line.quantity);
    if (measure === 'cubicMetre' && quantity > 0n && line.volumeM3 === null) return 'VOLUME_MISSING';
    const amount = measure !== 'cubicMetre' ? quantity : quantity > 0n ? parseMicros(line.volumeM3!) : 0n;
    if (amount) amounts.set(line.sku ?? '', (amounts.get(line.sku ?? '') ?? 0n) + amount);
  }
  return amounts;
}

export const totalOf = (amounts: Amounts): bigint => [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
