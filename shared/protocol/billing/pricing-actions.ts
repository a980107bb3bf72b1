import { z } from 'zod';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import {
  amountMinor,
  byId,
  decimal,
  id,
  instant,
  line,
  localDate,
  none,
  page,
  pageParams,
  positiveDecimal,
  text,
} from '../schemas.ts';
import { issuerProfile, numberPattern } from './issuer.ts';
import { newRateVersion, rateCard, rateCardSummary, rateCardView } from './rate-card.ts';

const FINANCE = ['finance', 'admin'] as const;
const SNAPSHOT_WRITERS = ['lead', 'finance', 'admin', 'api'] as const;
const SNAPSHOT_BYTES = 20 * 1024 * 1024;

export const chargeState = z.enum(['accrued', 'unrated', 'held', 'waived']);
export type ChargeState = z.output<typeof chargeState>;

export const chargeView = z.object({
  id,
  merchantId: id,
  chargeType: z.string(),
  stream: z.enum(['fulfilment', 'monthly']),
  section: z.string(),
  serviceDate: localDate,
  quantity: decimal,
  unit: z.string(),
  state: chargeState,
  stateReason: z.string().nullable(),
  ruleKey: z.string().nullable(),
  versionId: id.nullable(),
  /** The line it is billed on; `null` while it is unbilled. */
  lineId: id.nullable(),
  source: z.string(),
  sourceEvent: id,
  revision: z.int(),
  attributes: z.record(z.string(), z.unknown()),
  reference: z.record(z.string(), z.unknown()),
  createdAt: instant,
});
export type ChargeView = z.output<typeof chargeView>;

const tracedCharge = chargeView.extend({
  /** Measured and billed quantity, card, version, rule, price, and what spoke against the other rules. */
  trace: z.record(z.string(), z.unknown()),
});

const withReason = z.strictObject({ reason: text(500) });

const snapshotLine = z.strictObject({
  bin: line(60),
  sku: line(80).nullable().default(null),
  storageType: z.enum(['bin', 'pallet', 'floor']).default('bin'),
  quantity: positiveDecimal,
  /** Of the whole line, not of a piece. */
  volumeM3: positiveDecimal.nullable().default(null),
});

const snapshot = z
  .strictObject({
    merchantId: id.optional(),
    merchantNumber: line(40).optional(),
    warehouse: line(40).default('main'),
    day: localDate,
    /** Empty means an empty warehouse, which is valid evidence. */
    lines: z.array(snapshotLine).max(100_000),
  })
  .refine(({ merchantId, merchantNumber }) => (merchantId === undefined) !== (merchantNumber === undefined), {
    message: 'Name the merchant by its id or by its number',
    path: ['merchantId'],
  });
export type SnapshotInput = z.output<typeof snapshot>;

const recorded = z.object({ recorded: z.int(), unchanged: z.int() });

const storageHeader = z.object({
  id,
  merchantId: id,
  warehouse: z.string(),
  day: localDate,
  source: z.string(),
  lines: z.int(),
  quantity: decimal,
  volumeM3: decimal.nullable(),
  recordedBy: z.string(),
  recordedAt: instant,
});

const issuerBody = z.strictObject({
  profile: issuerProfile,
  numberPattern,
  /** The day billing starts; runs are caught up from there. The day of set-up without it. */
  billingStartsOn: localDate.optional(),
  /** Days between a cut-off and its draft. */
  waitDays: z.int().min(0).max(14).default(0),
});
const issuerView = z.object({
  id,
  profile: issuerProfile,
  numberPattern,
  billingStartsOn: localDate,
  waitDays: z.int(),
  version: z.int(),
});

const accountLine = z.object({
  chargeType: z.string(),
  label: z.object({ de: z.string(), en: z.string() }),
  serviceMonth: z.string(),
  quantity: decimal,
  unit: z.string(),
  unitPrice: decimal,
  baseQuantity: decimal,
  charges: z.int(),
  netMinor: amountMinor,
});

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
    output: rateCardView,
    status: 201,
  }),
  getRateCard: defineAction({
    name: 'billing.getRateCard',
    summary: 'A rate card with the rules of every version',
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
    output: rateCardView,
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
    }),
    output: page(chargeView),
  }),
  getCharge: defineAction({
    name: 'billing.getCharge',
    summary: 'A charge that explains itself: event, rule, version, what was rejected and why, quantity and price',
    rest: 'GET /charges/{id}',
    access: EVERYONE,
    params: byId,
    output: tracedCharge,
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
    output: z.object({
      merchantId: id,
      currency: z.string(),
      /** Charges up to this day are counted: the end of the current month. */
      upTo: localDate,
      sections: z.array(z.object({ section: z.string(), netMinor: amountMinor, lines: z.array(accountLine) })),
      netMinor: amountMinor,
      /** Charges that are not in the sum. */
      unrated: z.int(),
      held: z.int(),
    }),
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
};
