import { z } from 'zod';
import { text } from '../schemas.ts';
import { consumerOutcome } from './views.ts';

/** What the consumer gets; an amount only where money or a voucher is given. */
export const outcomeFields = {
  outcome: consumerOutcome,
  amountMinor: z
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .meta({ description: 'Cents; of a refund, credit or voucher' }),
  note: text(500, 0).optional(),
};
