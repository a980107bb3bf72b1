import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, fileAnswer, filledLine, id, line, page, pageParams, text } from '../schemas.ts';
import { batchState, batchSummary, batchView, disputeOutcome, disputeReason } from './batch-views.ts';
import { OPERATORS } from './intake-actions.ts';

/** 5 MB: a label of a carrier is a page. */
const CARRIER_LABEL_MAX_BYTES = 5_000_000;

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
    body: z.strictObject({ reason: filledLine(200).optional() }),
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
  checkBatchItem: defineAction({
    name: 'returns.checkBatchItem',
    summary: 'An item of a closed batch was found while its contents are checked, or was not after all',
    rest: 'POST /rtv-batches/{id}/check',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({ itemId: id, checked: z.boolean().default(true) }),
    output: batchView,
  }),
  packBatch: defineAction({
    name: 'returns.packBatch',
    summary: 'The contents are checked and packed; 409 `RTV_BATCH_NOT_CHECKED` names the items that were not found',
    rest: 'POST /rtv-batches/{id}/pack',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      withoutCheck: z.boolean().optional().meta({ description: 'Pack although not everything was checked' }),
    }),
    output: batchView,
  }),
  cancelBatch: defineAction({
    name: 'returns.cancelBatch',
    summary: 'Call off an open batch; its items are held until someone decides again',
    rest: 'POST /rtv-batches/{id}/cancel',
    access: ['lead', 'admin'],
    params: byId,
    body: z.strictObject({ reason: filledLine(200) }),
    output: batchView,
  }),
  disputeBatch: defineAction({
    name: 'returns.disputeBatch',
    summary: 'The merchant misses pieces of a batch that arrived, or got damaged or wrong ones',
    rest: 'POST /rtv-batches/{id}/dispute',
    access: [...OPERATORS, 'finance', 'merchantDecider'],
    params: byId,
    body: z.strictObject({
      items: z
        .array(
          z.strictObject({
            itemId: id,
            quantity: z.int().min(1).max(100_000),
            reason: disputeReason,
            note: text(1_000, 0).default(''),
          }),
        )
        .min(1)
        .max(500),
    }),
    output: batchView,
  }),
  resolveBatch: defineAction({
    name: 'returns.resolveBatch',
    summary: 'Settle disputed pieces; the batch is resolved with the last of them',
    rest: 'POST /rtv-batches/{id}/resolve',
    access: ['lead', 'finance', 'admin'],
    params: byId,
    body: z.strictObject({
      resolutions: z
        .array(z.strictObject({ disputeId: id, outcome: disputeOutcome, note: text(1_000) }))
        .min(1)
        .max(500),
    }),
    output: batchView,
  }),
  addCarrierLabel: defineAction({
    name: 'returns.addCarrierLabel',
    summary: 'Keep the label of the carrier for a closed batch: a PDF, or a picture that is put on an A6 page',
    rest: 'POST /rtv-batches/{id}/carrier-label',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({}),
    upload: { field: 'file', maxBytes: CARRIER_LABEL_MAX_BYTES },
    timeoutMs: 60_000,
    output: batchView,
  }),
  getCarrierLabel: defineAction({
    name: 'returns.getCarrierLabel',
    summary: 'The label of the carrier as PDF',
    rest: 'GET /rtv-batches/{id}/carrier-label.pdf',
    access: EVERYONE,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  getPackingList: defineAction({
    name: 'returns.getPackingList',
    summary: 'Packing list of a closed batch as PDF, with photos, in the language of the merchant',
    rest: 'GET /rtv-batches/{id}/packing-list.pdf',
    access: EVERYONE,
    params: byId,
    // hundreds of photos take their time
    timeoutMs: 60_000,
    output: fileAnswer,
    download: true,
  }),
};
