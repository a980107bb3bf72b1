import { z } from 'zod';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import { byId, filledLine, id, line, localDate, none, page, pageParams, text } from '../schemas.ts';
import { goodsInFileOutcome, goodsInListItem, goodsInState, goodsInView, putAway } from './goods-in.ts';

const WRITERS = [...STAFF, 'api'] as const;
const ANNOUNCERS = [...STAFF, 'merchantDecider', 'api'] as const;
const PIECES_MOST = 1_000_000;
/** 5 MB: five thousand lines need a tenth of it. */
const FILE_MAX_BYTES = 5_000_000;
const loads = z.int().nonnegative().max(10_000);

const announced = {
  reference: line(80).meta({ description: 'Delivery note, order at the supplier, container' }),
  expectedOn: localDate,
  expectedPallets: loads.nullable(),
  expectedCartons: loads.nullable(),
  note: text(1_000, 0),
  lines: z
    .array(
      z.strictObject({ sku: line(80), name: text(300, 0).default(''), quantity: z.int().positive().max(PIECES_MOST) }),
    )
    .max(1_000),
};

/** Deliveries of merchants to the warehouse. What is billed of them is written by the house. */
export const goodsInActions = {
  listGoodsIn: defineAction({
    name: 'orders.listGoodsIn',
    summary: 'Deliveries to the warehouse by the day they are expected, the latest first',
    rest: 'GET /goods-in',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: goodsInState.optional(),
      sort: z.enum(['-expectedOn', 'expectedOn']).default('-expectedOn'),
    }),
    output: page(goodsInListItem),
  }),
  announceGoodsIn: defineAction({
    name: 'orders.announceGoodsIn',
    summary: 'Announces a delivery, or takes in one that stands at the dock without a word',
    rest: 'POST /goods-in',
    access: ANNOUNCERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      reference: announced.reference,
      expectedOn: localDate.optional().meta({ description: 'Required of what has not arrived' }),
      expectedPallets: loads.optional(),
      expectedCartons: loads.optional(),
      note: announced.note.default(''),
      arrived: z
        .boolean()
        .default(false)
        .meta({ description: 'It is here already, unannounced: received at once; the house only' }),
      lines: announced.lines.default([]),
    }),
    output: goodsInView,
    status: 201,
  }),
  importGoodsIn: defineAction({
    name: 'orders.importGoodsIn',
    summary:
      'Announces deliveries by a CSV file, one line per article, lines with the same reference being one delivery. ' +
      'With a mistake in any line nothing is stored: 422 `GOODS_IN_FILE_INVALID` with `errors` at ' +
      '`lines.<line>.<field>`; a dry run answers 200 with all of them',
    rest: 'POST /goods-in/csv',
    access: ANNOUNCERS,
    params: none,
    body: z.strictObject({
      merchantId: id.optional().meta({ description: 'Needed by whoever acts for several merchants' }),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Check everything, store nothing' }),
    }),
    upload: { field: 'file', maxBytes: FILE_MAX_BYTES },
    timeoutMs: 60_000,
    output: goodsInFileOutcome,
  }),
  getGoodsIn: defineAction({
    name: 'orders.getGoodsIn',
    summary: 'A delivery with its lines and differences',
    rest: 'GET /goods-in/{id}',
    access: EVERYONE,
    params: byId,
    output: goodsInView,
  }),
  changeGoodsIn: defineAction({
    name: 'orders.changeGoodsIn',
    summary: 'Changes what is announced until it arrives; `lines` replaces all of them',
    rest: 'PATCH /goods-in/{id}',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject(announced).partial(),
    output: goodsInView,
  }),
  cancelGoodsIn: defineAction({
    name: 'orders.cancelGoodsIn',
    summary: 'Calls off a delivery that has not arrived',
    rest: 'POST /goods-in/{id}/cancel',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject({ reason: filledLine(200).optional() }),
    output: goodsInView,
  }),
  receiveGoodsIn: defineAction({
    name: 'orders.receiveGoodsIn',
    summary: 'The delivery is here and is being counted',
    rest: 'POST /goods-in/{id}/receive',
    access: WRITERS,
    params: byId,
    body: none,
    output: goodsInView,
  }),
  countGoodsIn: defineAction({
    name: 'orders.countGoodsIn',
    summary: 'Sets what was received, damaged and put away of some articles; one that nobody announced is added',
    rest: 'PUT /goods-in/{id}/lines',
    access: WRITERS,
    params: byId,
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            sku: line(80),
            name: text(300, 0).optional().meta({ description: 'Of an article that is added' }),
            receivedQuantity: z.int().nonnegative().max(PIECES_MOST),
            damagedQuantity: z.int().nonnegative().max(PIECES_MOST).default(0),
            putAway: z.array(putAway).max(50).default([]),
          }),
        )
        .min(1)
        .max(1_000),
    }),
    output: goodsInView,
  }),
  closeGoodsIn: defineAction({
    name: 'orders.closeGoodsIn',
    summary: 'Closes a counted delivery: its good pieces go into the stock and it is charged, once',
    rest: 'POST /goods-in/{id}/close',
    access: WRITERS,
    params: byId,
    body: z.strictObject({
      pallets: loads,
      cartons: loads,
      minutes: z.int().nonnegative().max(100_000).meta({ description: 'Time spent on it by everybody together' }),
    }),
    output: goodsInView,
  }),
  reopenGoodsIn: defineAction({
    name: 'orders.reopenGoodsIn',
    summary: 'Opens a closed delivery again to correct it; closing it anew replaces what was booked and charged',
    rest: 'POST /goods-in/{id}/reopen',
    access: ['lead', 'finance', 'admin', 'api'],
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: goodsInView,
  }),
};
