import { z } from 'zod';
import { amountMinor, localDate } from '../schemas.ts';

/** What the invoices of the month that are still to come are expected to sum up to. */
export const expectedAccount = z.object({
  upTo: localDate,
  days: z.int().meta({ description: 'Days of the month under contract' }),
  elapsedDays: z.int(),
  storageDays: z.int().meta({ description: 'Days whose stock is recorded' }),
  method: z.object({ de: z.string(), en: z.string() }),
  sections: z.array(
    z.object({
      section: z.string(),
      netMinor: amountMinor,
      billedMinor: amountMinor,
      expectedMinor: amountMinor,
      method: z.enum(['elapsedDays', 'linear', 'tooEarly', 'lastStock', 'known', 'asIs']),
    }),
  ),
  minimumMinor: amountMinor,
  netMinor: amountMinor,
});
