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

/** Its charge is corrected by a higher revision when the days under contract change. */
export const SOFTWARE_FEE = 'billing.software-fee';

/**
 * The fee of one merchant and month, in arrears on its last day, by the share of days under contract. Its identity
 * is made of merchant and month, so a second clock makes no second charge (D12).
 * @param activeDays  days of the month covered by a contract with a software fee, at least 1
 */
export function softwareFeeCharge(merchantId: string, month: LocalMonth, activeDays: number, revision = 0): ChargeFact {
  const sourceEvent = uuidOf('software_fee', merchantId, month);
  return {
    source: SOFTWARE_FEE,
    sourceEvent,
    revision,
    merchantId,
    type: softwareFee,
    unit: 'month',
    serviceDate: lastDayOf(month),
    quantityMicros: divideRounded(BigInt(activeDays) * MICROS, BigInt(daysInMonth(month))),
    attributes: {},
    reference: { kind: 'software', id: sourceEvent, number: month },
  };
}
