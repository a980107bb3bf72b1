import { z } from 'zod';
import { defineAction } from '../define.ts';
import { filledLine, id, line, localDate, none, text } from '../schemas.ts';
import { stockMovementView } from './views.ts';

/** The stock ledger: what the house books by hand, and what other services have to know of it. */
export const stockActions = {
  bookStock: defineAction({
    name: 'orders.bookStock',
    summary:
      'Books goods-in, disposal, goods sent back to their merchant, or a correction; returns and shipments book themselves',
    rest: 'POST /stock-movements',
    access: ['lead', 'finance', 'admin', 'api'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      sku: line(80),
      name: text(300, 0).default(''),
      kind: z.enum(['goods_in', 'disposed', 'rtv', 'correction']),
      /** Pieces; negative when they leave the stock. */
      quantity: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((pieces) => pieces !== 0, 'Must not be zero'),
      /** The day it happened; today without it. */
      bookedOn: localDate.optional(),
      reference: line(60).meta({ description: 'Delivery note, protocol, stocktake' }),
      reason: filledLine(200).optional(),
    }),
    output: stockMovementView,
    status: 201,
  }),
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
  getStockAt: defineAction({
    name: 'orders.getStockAt',
    summary: 'The stock of a merchant as a day begins, by the ledger and the shipments',
    access: 'internal',
    params: z.strictObject({ merchantId: id, day: localDate }),
    output: z.object({
      stock: z.array(
        z.object({
          sku: z.string(),
          /** Pieces; negative where more left than is known to have come. */
          quantity: z.int(),
          /** Of a piece; `null` while the article has no dimensions. */
          cubicMillimetres: z.string().regex(/^\d+$/).nullable(),
        }),
      ),
    }),
  }),
};
