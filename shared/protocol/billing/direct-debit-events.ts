import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { amountMinor, id, line, localDate } from '../schemas.ts';

/** An invoice is collected on another day than it said, of more than it said, or once more: the merchant is to know before. */
export const directDebitAnnouncedV1 = defineEvent(
  'billing.direct-debit-announced.v1',
  z.object({
    invoiceId: id,
    merchantId: id,
    invoiceNumber: line(60),
    currency: z.string().length(3),
    amountMinor,
    collectOn: localDate,
    issuerName: line(120),
    mandateReference: line(35),
    creditorId: line(35),
    /** Masked but for its first and last four characters. */
    iban: line(34),
    /** Which announcement of the invoice it is, counted; older ones are told apart by their days. */
    announcement: z.int().positive().optional(),
  }),
);
