import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, filledLine, id, line, none, page, pageParams, text } from '../schemas.ts';
import { articleHit } from './article-views.ts';
import { batchHit, itemHit } from './batch-views.ts';
import { returnKind, returnState } from './events.ts';
import { outcomeFields } from './outcome-fields.ts';
import { itemOrigin, matchState, orderHit, returnSummary, returnView } from './views.ts';

/** Who works at the packing table. */
export const OPERATORS = ['worker', 'lead', 'admin'] as const;
/** Who may tell of a return before it is here. */
export const ANNOUNCERS = [...OPERATORS, 'merchantDecider', 'api'] as const;

const quantity = z.int().min(1).max(100_000);
const sku = line(80);
const why = filledLine(200).optional().meta({ description: 'Why, for the audit trail' });

/** Announcing, receiving and matching: everything before the inspection. */
export const intakeActions = {
  lookupReturns: defineAction({
    name: 'returns.lookupReturns',
    summary: 'Returns, shipped orders, articles, labelled items and batches that a scanned code belongs to',
    rest: 'GET /returns/lookup',
    access: EVERYONE,
    params: z.strictObject({
      code: line(80).meta({
        description:
          'Tracking, RMA, return, order or batch number, code of a label, article code or EAN; compared exactly, ' +
          'an EAN also without leading zeros',
      }),
    }),
    output: z.object({
      returns: z.array(returnSummary),
      orders: z.array(orderHit),
      articles: z.array(articleHit),
      items: z.array(itemHit),
      batches: z.array(batchHit),
    }),
  }),
  listReturns: defineAction({
    name: 'returns.listReturns',
    summary: 'Returns; a merchant user sees the own ones',
    rest: 'GET /returns',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: returnState.optional(),
      matchState: matchState.optional(),
      kind: returnKind.optional(),
      group: z
        .enum(['toReceive', 'toInspect', 'toDecide', 'inProgress', 'done'])
        .optional()
        .meta({ description: 'What is to be done next' }),
      overdue: z.literal('true').optional().meta({ description: 'Should have been inspected by now' }),
      parentId: id.optional().meta({ description: 'Split from this return' }),
      orderId: id.optional().meta({ description: 'Of this order' }),
      q: line(80).optional().meta({
        description: 'Part of a return, RMA, order or tracking number, or of the name of the merchant; in any case',
      }),
      sort: z
        .enum(['createdAt', '-createdAt', 'receivedAt', '-receivedAt', 'inspectionDueAt'])
        .default('-createdAt')
        .meta({ description: 'By an instant: only returns that have it' }),
    }),
    output: page(returnSummary),
  }),
  createReturn: defineAction({
    name: 'returns.createReturn',
    summary: 'Announce a return, or record a blind one',
    rest: 'POST /returns',
    access: ANNOUNCERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id.optional().meta({ description: 'Left out while nobody knows it; staff only' }),
      kind: returnKind.default('withdrawal'),
      channel: line(40).default('manual'),
      externalNumber: line(80).optional().meta({ description: 'RMA number, unique per merchant and channel' }),
      orderId: id.optional(),
      orderNumber: line(80).optional(),
      carrier: line(40).optional(),
      trackingNumber: line(80).optional(),
      note: text(2_000, 0).default(''),
      outcome: z
        .strictObject(outcomeFields)
        .optional()
        .meta({ description: 'What the consumer gets, when it is known already; nothing waits for it' }),
      items: z
        .array(
          z.strictObject({
            id: id.optional(),
            sku: sku.optional(),
            name: text(300, 0).default(''),
            quantity,
            reason: line(60).optional(),
            externalReason: line(80)
              .optional()
              .meta({
                description:
                  'What the system of `channel` calls the reason; the mappings of the merchant make it a reason, and an ' +
                  'unknown one is kept as it is',
              }),
          }),
        )
        .max(500)
        .default([])
        .meta({ description: 'What is expected; an undeliverable parcel of a known order expects all of its lines' }),
    }),
    output: returnView,
    status: 201,
  }),
  getReturn: defineAction({
    name: 'returns.getReturn',
    summary: 'One return with its items and photos',
    rest: 'GET /returns/{id}',
    access: EVERYONE,
    params: byId,
    output: returnView,
  }),
  changeReturn: defineAction({
    name: 'returns.changeReturn',
    summary: 'Correct what is known of a return; merchants may until it arrives',
    rest: 'PATCH /returns/{id}',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject({
      kind: returnKind.optional(),
      carrier: line(40).nullable().optional(),
      trackingNumber: line(80).nullable().optional(),
      note: text(2_000, 0).optional(),
    }),
    output: returnView,
  }),
  receiveReturn: defineAction({
    name: 'returns.receiveReturn',
    summary:
      'A parcel is here; never waits for a refund. A further one of the same return tops it up, and after the ' +
      'inspection opens the next revision, in which what was missing is expected again',
    rest: 'POST /returns/{id}/receive',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      parcelId: id.optional().meta({ description: 'Chosen by the client; a parcel that is known changes nothing' }),
      onlyFirst: z.boolean().optional().meta({
        description:
          'It is here, whoever says so first: when a parcel of this return has come already, nothing changes',
      }),
      carrier: line(40).optional(),
      trackingNumber: line(80)
        .optional()
        .meta({ description: 'Tells parcels of a return apart as well; one that is known changes nothing' }),
      items: z
        .array(z.strictObject({ itemId: id, quantity }))
        .max(500)
        .optional()
        .meta({ description: 'Pieces counted at once; without it they count as they are inspected' }),
    }),
    output: returnView,
  }),
  addItem: defineAction({
    name: 'returns.addItem',
    summary: 'Record goods that nobody expected; a name is enough',
    rest: 'POST /returns/{id}/items',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      itemId: id.optional().meta({ description: 'Chosen by the client, so that a repeated request adds nothing' }),
      origin: itemOrigin.exclude(['expected']).default('unexpected'),
      sku: sku.optional(),
      name: text(300, 0).default(''),
      quantity,
      insteadOf: id.optional().meta({ description: 'The expected item in whose place it came' }),
    }),
    output: returnView,
    status: 201,
  }),
  matchReturn: defineAction({
    name: 'returns.matchReturn',
    summary: 'Say whose return it is and, when known, of which order',
    rest: 'POST /returns/{id}/match',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({ merchantId: id, orderId: id.optional(), reason: why }),
    output: returnView,
  }),
  cancelReturn: defineAction({
    name: 'returns.cancelReturn',
    summary: 'Call off a return that has not arrived',
    rest: 'POST /returns/{id}/cancel',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject({ reason: why }),
    output: returnView,
  }),
};
