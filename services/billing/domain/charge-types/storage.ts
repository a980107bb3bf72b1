import { parseMicros, MICROS } from '../../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { ContractTerms } from '../../../../shared/protocol/merchants/events.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';

export type StorageMethod = NonNullable<ContractTerms['storageMethod']>;

/** What lay in one bin at 00:00 local at the start of the day. */
export interface StorageLine {
  bin: string;
  sku: string | null;
  storageType: 'bin' | 'pallet' | 'floor';
  quantity: string;
  /** Of the whole line. */
  volumeM3: string | null;
}

export interface StorageSnapshot {
  headerId: string;
  merchantId: string;
  warehouse: string;
  day: LocalDate;
  /** Of its charge: counts the methods agreed for the day so far. */
  revision: number;
  lines: readonly StorageLine[];
}

/** The unit follows from the contract's method, so a price per bin is never applied to pallets. */
export const storage: ChargeType = {
  key: 'storage',
  stream: 'monthly',
  section: 'storage',
  unit: null,
  label: { de: 'Lagerung', en: 'Storage' },
  conditions: ['methods'],
};

/** Its charge is corrected by a higher revision when another method is agreed for the day. */
export const STORAGE = 'billing.storage';

const UNITS: Record<StorageMethod, string> = {
  binDay: 'bin_day',
  palletDay: 'pallet_day',
  cubicMetreDay: 'm3_day',
  pieceDay: 'piece_day',
};

/**
 * One charge per snapshot by the contract's method on that day; none for an empty warehouse, which is a valid zero.
 * A volume that is missing makes the whole day unrated: a part of it would be a wrong amount (F6).
 */
export function storageCharges(snapshot: StorageSnapshot, method: StorageMethod): ChargeFact[] {
  const measured = measure(snapshot.lines, method);
  if (measured === 0n) return [];
  return [
    {
      source: STORAGE,
      sourceEvent: snapshot.headerId,
      revision: snapshot.revision,
      merchantId: snapshot.merchantId,
      type: storage,
      unit: UNITS[method],
      serviceDate: snapshot.day,
      quantityMicros: measured === 'VOLUME_MISSING' ? 0n : measured,
      attributes: { method, ...(measured === 'VOLUME_MISSING' ? { blocked: measured } : {}) },
      reference: { kind: 'storage', id: snapshot.headerId, number: snapshot.day, warehouse: snapshot.warehouse },
    },
  ];
}

function measure(lines: readonly StorageLine[], method: StorageMethod): bigint | 'VOLUME_MISSING' {
  switch (method) {
    case 'binDay':
      return BigInt(new Set(lines.map(({ bin }) => bin)).size) * MICROS;
    case 'palletDay':
      return total(lines.filter(({ storageType }) => storageType === 'pallet').map(({ quantity }) => quantity));
    case 'pieceDay':
      return total(lines.map(({ quantity }) => quantity));
    case 'cubicMetreDay': {
      const occupied = lines.filter(({ quantity }) => parseMicros(quantity) > 0n);
      const volumes = occupied.flatMap(({ volumeM3 }) => volumeM3 ?? []);
      return volumes.length < occupied.length ? 'VOLUME_MISSING' : total(volumes);
    }
  }
}

const total = (decimals: readonly string[]): bigint => decimals.reduce((sum, value) => sum + parseMicros(value), 0n);
