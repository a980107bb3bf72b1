import type { z } from 'zod';
import { parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { specialJobSignedOffV1 } from '../../../../shared/protocol/orders/events.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';

/** The event says the unit: a price per minute must never be applied to hours. */
export const specialJob: ChargeType = {
  key: 'special_job',
  stream: 'monthly',
  section: 'specialJobs',
  unit: null,
  label: { de: 'Sonderauftrag', en: 'Special job' },
  conditions: ['codes'],
};

/** Its charge is corrected by a higher revision: the earlier one gets a negative twin. */
export const SPECIAL_JOB = 'orders.special-job';

/** A signed-off job by its quantity; a correction to 0 leaves just the negative twin. */
export function specialJobCharges(job: z.output<typeof specialJobSignedOffV1.payload>): ChargeFact[] {
  const quantityMicros = parseMicros(job.quantity);
  if (quantityMicros === 0n) return [];
  return [
    {
      source: SPECIAL_JOB,
      sourceEvent: job.specialJobId,
      revision: job.revision,
      merchantId: job.merchantId,
      type: specialJob,
      unit: job.unit,
      serviceDate: job.serviceDate,
      quantityMicros,
      attributes: { code: job.code },
      reference: { kind: 'specialJob', id: job.specialJobId, number: job.number, description: job.description },
    },
  ];
}
