import { z } from 'zod';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import { byId, filledText, id, line, localDate, none, page, pageParams } from '../schemas.ts';
import { explainedCharge } from './charge-explanation.ts';
import { logoActions } from './logo-actions.ts';
import {
  chargeState,
  chargeView,
  issuerBody,
  issuerView,
  merchantAccount,
  recorded,
  snapshot,
  storageHeader,
  tracedCharge,
} from './pricing-views.ts';
import { stream } from './runs-views.ts';
import { newRateVersion, rateCard, rateCardSummary, rateCardView, savedRateCard } from './rate-card.ts';

const FINANCE = ['finance', 'admin'] as const;
const SNAPSHOT_WRITERS = ['lead', 'finance', 'admin', 'api'] as const;
const SNAPSHOT_BYTES = 20 * 1024 * 1024;
const withReason = z.strictObject({ reason: filledText(500) });

/** Prices, charges, storage evidence and the issuer. */
export const pricingActions = {
  listRateCards: defineAction({
    name: 'billing.listRateCards',
    summary: 'Rate cards with their versions, by code',
    rest: 'GET /rate-cards',
    access: FINANCE,
    params: z.strictObject({ ...pageParams }),
    output: page(rateCardSummary),
  }),
  createRateCard: defineAction({
    name: 'billing.createRateCard',
    summary: 'Makes or imports a rate card with all its versions; the same card again changes nothing',
    rest: 'POST /rate-cards',
    access: FINANCE,
    params: none,
    body: rateCard,
    output: savedRateCard,
    status: 201,
  }),
  getRateCard: defineAction({
    name: 'billing.getRateCard',
    summary: 'A rate card with the rules of every version; what this answers can be imported unchanged',
    rest: 'GET /rate-cards/{id}',
    access: FINANCE,
    params: byId,
    output: rateCardView,
  }),
  addRateVersion: defineAction({
    name: 'billing.addRateVersion',
    summary: 'Adds a version; one that starts in the past re-rates what is not billed yet',
    rest: 'POST /rate-cards/{id}/versions',
    access: FINANCE,
    params: byId,
    body: newRateVersion,
    output: savedRateCard,
    status: 201,
  }),
  listCharges: defineAction({
    name: 'billing.listCharges',
    summary: 'Charges, newest first',
    rest: 'GET /charges',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      state: chargeState.optional(),
      chargeType: line(40).optional(),
      /** Service date, both included. */
      from: localDate.optional(),
      to: localDate.optional(),
      unbilled: z.enum(['true', 'false']).optional(),
      stream: stream.optional().meta({ description: 'Billed twice a month, or at month end only' }),
      lineId: id.optional().meta({
        description:
          'Behind this line of an invoice; of a draft what its approval would put there now, for the house only',
      }),
      sourceId: id.optional().meta({
        description: 'Caused by this return, batch, shipment, special job or storage snapshot: the id of `reference`',
      }),
    }),
    output: page(chargeView),
  }),
  getCharge: defineAction({
    name: 'billing.getCharge',
    summary: 'A charge that explains itself: event, rule, version, what was rejected and why, quantity and price',
    rest: 'GET /charges/{id}',
    access: EVERYONE,
    params: byId,
    output: explainedCharge,
  }),
  holdCharge: defineAction({
    name: 'billing.holdCharge',
    summary: 'Keeps a charge off the next invoice until it is released',
    rest: 'POST /charges/{id}/hold',
    access: FINANCE,
    params: byId,
    body: withReason,
    output: tracedCharge,
  }),
  releaseCharge: defineAction({
    name: 'billing.releaseCharge',
    summary: 'Lets a held charge be billed, at the price valid on its service date',
    rest: 'POST /charges/{id}/release',
    access: FINANCE,
    params: byId,
    output: tracedCharge,
  }),
  waiveCharge: defineAction({
    name: 'billing.waiveCharge',
    summary: 'Gives a charge up for good, with the reason',
    rest: 'POST /charges/{id}/waive',
    access: FINANCE,
    params: byId,
    body: withReason,
    output: tracedCharge,
  }),
  getMerchantAccount: defineAction({
    name: 'billing.getMerchantAccount',
    summary: 'The running account: what is not billed yet, priced as the next draft would',
    rest: 'GET /merchants/{id}/account',
    access: EVERYONE,
    params: byId,
    output: merchantAccount,
  }),
  recordStorageSnapshots: defineAction({
    name: 'billing.recordStorageSnapshots',
    summary: 'Stock at the start of days, in bulk: all of it is stored or nothing; the same again changes nothing',
    rest: 'POST /storage-snapshots',
    access: SNAPSHOT_WRITERS,
    params: none,
    body: z.strictObject({ snapshots: z.array(snapshot).min(1).max(20_000) }),
    output: recorded,
    bodyLimitBytes: SNAPSHOT_BYTES,
    timeoutMs: 60_000,
  }),
  importStorageSnapshots: defineAction({
    name: 'billing.importStorageSnapshots',
    summary: 'Stock at the start of days as CSV: merchant,day,bin,sku,storageType,quantity,volumeM3',
    rest: 'POST /storage-snapshots/csv',
    access: SNAPSHOT_WRITERS,
    params: none,
    body: z.strictObject({ warehouse: line(40).default('main') }),
    output: recorded,
    upload: { field: 'file', maxBytes: SNAPSHOT_BYTES },
    timeoutMs: 60_000,
  }),
  listStorageSnapshots: defineAction({
    name: 'billing.listStorageSnapshots',
    summary: 'Recorded days of storage, newest record first',
    rest: 'GET /storage-snapshots',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      warehouse: line(40).optional(),
      from: localDate.optional(),
      to: localDate.optional(),
    }),
    output: page(storageHeader),
  }),
  getIssuer: defineAction({
    name: 'billing.getIssuer',
    summary: 'Who issues the invoices',
    rest: 'GET /issuer',
    access: [...STAFF, 'api'],
    params: none,
    output: issuerView,
  }),
  putIssuer: defineAction({
    name: 'billing.putIssuer',
    summary: 'Sets up or changes who issues the invoices; finalized invoices keep what stood on them',
    rest: 'PUT /issuer',
    access: FINANCE,
    params: none,
    body: issuerBody,
    output: issuerView,
  }),
  ...logoActions,
};
