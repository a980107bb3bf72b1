import type { z } from 'zod';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { quarantineAccruedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

export const quarantineStorage: ChargeType = {
  key: 'quarantine_storage',
  stream: 'monthly',
  section: 'returns',
  unit: 'piece_day',
  label: { de: 'Sperrlager je Stück und Tag', en: 'Quarantine per piece and day' },
  conditions: [],
};

/** What goods cost that lay in quarantine as a day began, after their free days (C11). Once per item and day. */
export function quarantineCharges(accrued: z.output<typeof quarantineAccruedV1.payload>): ChargeFact[] {
  const { itemId, returnId, merchantId, number, orderNumber, day, quarantinedOn, quantity } = accrued;
  return counted(
    {
      source: 'returns.quarantine',
      sourceEvent: uuidOf(quarantineStorage.key, itemId, day),
      revision: 0,
      merchantId,
      serviceDate: day,
      attributes: {},
      reference: { kind: 'return', id: returnId, number, orderNumber, itemId, quarantinedOn },
    },
    [[quarantineStorage, quantity]],
  );
}
