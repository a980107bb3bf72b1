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
  isProrated: true,
  conditions: [],
};

/** Where the cards price it; a user counts for the days on which it may log in. */
export const softwareUser: ChargeType = {
  key: 'software_user',
  stream: 'monthly',
  section: 'software',
  unit: 'user',
  label: { de: 'Softwaregebühr je Benutzer', en: 'Software fee per user' },
  isOptional: true,
  isProrated: true,
  conditions: [],
};

/** Its charge is corrected by a higher revision when the days under contract change. */
export const SOFTWARE_FEE = 'billing.software-fee';
/** The same for its users. */
export const SOFTWARE_USERS = 'billing.software-users';

/**
 * The fee of one merchant and month, in arrears on its last day, by the share of days under contract. Its identity
 * is made of merchant and month, so a second clock makes no second charge (D12).
 * @param activeDays  days of the month covered by a contract with a software fee, at least 1
 */
export const softwareFeeCharge = (
  merchantId: string,
  month: LocalMonth,
  activeDays: number,
  revision = 0,
): ChargeFact =>
  monthly(softwareFee, SOFTWARE_FEE, uuidOf('software_fee', merchantId, month), {
    ...{ merchantId, month, revision },
    days: activeDays,
  });

/**
 * The same for its users.
 * @param userDays  days under contract with a software fee, of each user those on which it may log in, added up
 */
export const softwareUserCharge = (merchantId: string, month: LocalMonth, userDays: number, revision = 0): ChargeFact =>
  monthly(softwareUser, SOFTWARE_USERS, uuidOf('software_user', merchantId, month), {
    ...{ merchantId, month, revision },
    days: userDays,
  });

function monthly(
  type: ChargeType,
  source: string,
  sourceEvent: string,
  { merchantId, month, revision, days }: { merchantId: string; month: LocalMonth; revision: number; days: number },
): ChargeFact {
  return {
    ...{ source, sourceEvent, revision, merchantId, type },
    unit: type.unit!,
    serviceDate: lastDayOf(month),
    quantityMicros: divideRounded(BigInt(days) * MICROS, BigInt(daysInMonth(month))),
    attributes: {},
    reference: { kind: 'software', id: sourceEvent, number: month },
  };
}
