import type { z } from 'zod';
import type { batchDispatchedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

export const rtvHandling: ChargeType = {
  key: 'rtv_handling',
  stream: 'monthly',
  section: 'returns',
  unit: 'piece',
  label: { de: 'Sammelrücksendung, Handling je Stück', en: 'Return to merchant, handling per piece' },
  conditions: ['carriers'],
};
export const rtvFreight: ChargeType = {
  key: 'rtv_freight',
  stream: 'monthly',
  section: 'returns',
  unit: 'parcel',
  label: { de: 'Sammelrücksendung, Versand je Paket', en: 'Return to merchant, shipping per parcel' },
  isFreight: true,
  conditions: ['carriers', 'weightGramsOver', 'weightGramsUpTo'],
};

/** What a dispatched batch of unsellable goods costs. */
export function batchCharges(batch: z.output<typeof batchDispatchedV1.payload>): ChargeFact[] {
  const base = {
    source: 'returns.batch',
    sourceEvent: batch.batchId,
    revision: 0,
    merchantId: batch.merchantId,
    serviceDate: batch.dispatchedOn,
    attributes: { carrier: batch.carrier, weightGrams: Math.ceil(batch.weightGrams / batch.parcels) },
    reference: {
      kind: 'batch' as const,
      id: batch.batchId,
      number: batch.number,
      trackingNumber: batch.trackingNumber,
    },
  };
  return counted(base, [
    [rtvHandling, batch.pieces],
    [rtvFreight, batch.parcels],
  ]);
}
