import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { id, instant, line, localDate, text } from '../schemas.ts';

/** announced → received (being counted) → closed; cancelled before it was received. */
export const goodsInState = z.enum(['announced', 'received', 'closed', 'cancelled']);
export type GoodsInState = z.output<typeof goodsInState>;

export const putAway = z.strictObject({
  /** As the snapshots of the stock name it. */
  bin: line(80),
  quantity: z.int().positive().max(1_000_000),
});
export type PutAway = z.output<typeof putAway>;

const facts = {
  id,
  version: z.int(),
  merchantId: id,
  number: z.string(),
  /** Delivery note, order at the supplier, container. */
  reference: line(80),
  /** False for what stood at the dock without a word. */
  announced: z.boolean(),
  expectedOn: localDate,
  expectedPallets: z.int().nullable(),
  expectedCartons: z.int().nullable(),
  state: goodsInState,
  receivedAt: instant.nullable(),
  closedAt: instant.nullable(),
  serviceDate: localDate.nullable(),
  /** 0 until a closed receipt was opened again. */
  revision: z.int(),
  createdAt: instant,
};

/** Pieces of a receipt: `short` and `surplus` of the lines that are counted, line by line. */
const pieces = {
  expectedPieces: z.int(),
  receivedPieces: z.int(),
  damagedPieces: z.int(),
  shortPieces: z.int(),
  surplusPieces: z.int(),
};

export const goodsInListItem = z.object({ ...facts, ...pieces, lines: z.int(), uncountedLines: z.int() });

export const goodsInLineView = z.object({
  id,
  position: z.int(),
  sku: z.string(),
  name: z.string(),
  /** 0 for an article nobody announced. */
  expectedQuantity: z.int(),
  /** `null` until it is counted. */
  receivedQuantity: z.int().nullable(),
  /** Of the pieces received; they do not go into the stock. */
  damagedQuantity: z.int(),
  /** Received less expected: negative what is short, positive what is surplus. */
  difference: z.int().nullable(),
  putAway: z.array(putAway),
});
export type GoodsInLineView = z.output<typeof goodsInLineView>;

export const goodsInView = z.object({
  ...facts,
  ...pieces,
  note: text(1_000, 0),
  pallets: z.int().nullable(),
  cartons: z.int().nullable(),
  minutes: z.int().nullable(),
  lines: z.array(goodsInLineView),
});
export type GoodsInView = z.output<typeof goodsInView>;

/** One thing that is wrong with a file of deliveries; the head is line 1. */
export const goodsInMistake = z.object({
  line: z.int().positive(),
  /** `null` for the line as a whole. */
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});
export type GoodsInMistake = z.output<typeof goodsInMistake>;

export const goodsInFileOutcome = z.object({
  /** Deliveries, not lines. */
  created: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  errors: z.array(goodsInMistake),
  /** Columns of the file that mean nothing here. */
  ignoredColumns: z.array(z.string()),
});
export type GoodsInFileOutcome = z.output<typeof goodsInFileOutcome>;

/** A delivery was counted and closed; a correction comes with a higher revision and the same service date. */
export const goodsInClosedV1 = defineEvent(
  'orders.goods-in-closed.v1',
  z.object({
    merchantId: id,
    goodsInId: id,
    number: line(40),
    reference: line(80),
    revision: z.int().nonnegative(),
    closedAt: instant,
    /** The day it was closed first, in the warehouse's zone. */
    serviceDate: localDate,
    pallets: z.int().nonnegative(),
    cartons: z.int().nonnegative(),
    /** Every piece that was received, damaged ones too. */
    pieces: z.int().nonnegative(),
    minutes: z.int().nonnegative(),
    /** Groups of the articles received, each once, for prices by tag. */
    tags: z.array(line(80)),
    lines: z.array(
      z.object({
        lineId: id,
        sku: line(80),
        name: text(300, 0),
        expectedQuantity: z.int().nonnegative(),
        receivedQuantity: z.int().nonnegative(),
        damagedQuantity: z.int().nonnegative(),
      }),
    ),
  }),
);
