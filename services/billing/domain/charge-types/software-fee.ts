import { daysInMonth, lastDayOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { divideRounded, MICROS } from '../../../../shared/kernel/decimal.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';

export const softwareFee: ChargeType = {
  key: 'software_fee',
  stream: 'monthly',
  section: 'software',
  unit: 'month',
  label: { de: 'Softwaregebühr', en: 'Software fee' },
  conditions: [],
};

/**
 * The fee of one merchant and month, in arrears on its last day, by the share of days under contract. Its identity
 * is made of merchant and month, so a second clock makes no second charge (D12).
 * @param activeDays  days of the month covered by a contract with a software fee, at least 1
 */
export function softwareFeeCharge(merchantId: string, month: LocalMonth, activeDays: number): ChargeFact {
  const sourceEvent = uuidOf('software_fee', merchantId, month);
  return {
    source: 'billing.software-fee',
    sourceEvent,
    revision: 0,
    merchantId,
    type: softwareFee,
    unit: 'month',
    serviceDate: lastDayOf(month),
    quantityMicros: divideRounded(BigInt(activeDays) * MICROS, BigInt(daysInMonth(month))),
    attributes: {},
    reference: { kind: 'software', id: sourceEvent, number: month },
  };
}
