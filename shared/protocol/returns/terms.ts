import { z } from 'zod';
import { id, line } from '../schemas.ts';

/** Words of the trade that events and views share. */

export const RETURN_STATES = [
  'announced',
  'in_transit',
  'received',
  'inspecting',
  'inspected',
  'awaiting_decision',
  'processing',
  'completed',
  'cancelled',
  'expired',
  'lost',
] as const;
export const returnState = z.enum(RETURN_STATES);
export const returnKind = z.enum(['withdrawal', 'complaint', 'undeliverable', 'exchange']);
export const grade = z.enum(['A', 'B', 'C', 'D']);
export const disposition = z.enum(['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold']);

export const consumerOutcome = z.enum(['refund', 'credit', 'voucher', 'exchange', 'none']);
export const reportedOutcome = z.object({
  outcome: consumerOutcome,
  amountMinor: z.int().nonnegative().nullable(),
});

/** What every event about one return begins with. */
export const ofReturn = {
  returnId: id,
  merchantId: id,
  number: line(40),
  kind: returnKind,
  orderNumber: line(80).nullable(),
};
