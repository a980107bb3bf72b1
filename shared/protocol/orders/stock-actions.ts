import { z } from 'zod';
import { defineAction } from '../define.ts';
import { id, localDate } from '../schemas.ts';

/** What the stock ledger says of a merchant, for a service that has to know what lay there. */
export const stockActions = {
  getStockMoves: defineAction({
    name: 'orders.getStockMoves',
    summary: 'What moved by day and SKU between two days, both included; for services that rebuild the stock of a day',
    access: 'internal',
    params: z.strictObject({ merchantId: id, from: localDate, to: localDate }),
    output: z.object({
      moves: z.array(
        z.object({
          day: localDate,
          sku: z.string(),
          /** Pieces; negative when they left. */
          quantity: z.int(),
        }),
      ),
    }),
  }),
};
