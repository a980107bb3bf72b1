import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, fileAnswer, id, line, page, pageParams } from '../schemas.ts';
import { OPERATORS } from './intake-actions.ts';
import { batchState, batchSummary, batchView } from './views.ts';

/** Unsellable goods on their way back to the merchant. */
export const batchActions = {
  listBatches: defineAction({
    name: 'returns.listBatches',
    summary: 'Batches of unsellable goods; a merchant user sees the own ones',
    rest: 'GET /rtv-batches',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: batchState.optional(),
      sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
    }),
    output: page(batchSummary),
  }),
  getBatch: defineAction({
    name: 'returns.getBatch',
    summary: 'One batch with its items',
    rest: 'GET /rtv-batches/{id}',
    access: EVERYONE,
    params: byId,
    output: batchView,
  }),
  closeBatch: defineAction({
    name: 'returns.closeBatch',
    summary: 'Freeze the contents; the next unsellable item opens a new batch',
    rest: 'POST /rtv-batches/{id}/close',
    access: OPERATORS,
    params: byId,
    output: batchView,
  }),
  removeFromBatch: defineAction({
    name: 'returns.removeFromBatch',
    summary: 'Take an item out of an open batch; it is held until someone decides again',
    rest: 'POST /rtv-batches/{id}/items/{itemId}/remove',
    access: OPERATORS,
    params: z.strictObject({ id, itemId: id }),
    body: z.strictObject({ reason: line(200).optional() }),
    output: batchView,
  }),
  dispatchBatch: defineAction({
    name: 'returns.dispatchBatch',
    summary: 'The parcels were handed to the carrier',
    rest: 'POST /rtv-batches/{id}/dispatch',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      carrier: line(40),
      trackingNumber: line(80),
      parcels: z.int().min(1).max(10_000),
      weightGrams: z.int().min(1).max(100_000_000),
    }),
    output: batchView,
  }),
  deliverBatch: defineAction({
    name: 'returns.deliverBatch',
    summary: 'The parcels reached the merchant',
    rest: 'POST /rtv-batches/{id}/deliver',
    access: OPERATORS,
    params: byId,
    output: batchView,
  }),
  confirmBatch: defineAction({
    name: 'returns.confirmBatch',
    summary: 'The merchant has the goods',
    rest: 'POST /rtv-batches/{id}/confirm',
    access: [...OPERATORS, 'merchantDecider'],
    params: byId,
    output: batchView,
  }),
  getPackingList: defineAction({
    name: 'returns.getPackingList',
    summary: 'Packing list of a closed batch as PDF',
    rest: 'GET /rtv-batches/{id}/packing-list.pdf',
    access: EVERYONE,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
};
