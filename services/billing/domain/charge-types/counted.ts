import { MICROS } from '../../../../shared/kernel/decimal.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';

/**
 * Facts of one event, one per type and whole number; a number of 0 makes none.
 * @throws Error for a type whose unit the event must say
 */
export function counted(
  base: Omit<ChargeFact, 'type' | 'unit' | 'quantityMicros'>,
  parts: readonly (readonly [type: ChargeType, count: number])[],
): ChargeFact[] {
  return parts
    .filter(([, count]) => count > 0)
    .map(([type, count]) => {
      if (type.unit === null) throw new Error(`${type.key} has no unit of its own`);
      return { ...base, type, unit: type.unit, quantityMicros: BigInt(count) * MICROS };
    });
}
