import { z } from 'zod';
import { defineAction, EVERYONE, MERCHANT_USERS, STAFF } from '../define.ts';
import { fileAnswer, id, instant, line, localDate, localMonth, none, sheetLanguage } from '../schemas.ts';

const FINANCE = ['finance', 'admin'] as const;

/** What the house counts as a bin-day, from a day on. */
export const storagePolicy = z.strictObject({
  validFrom: localDate,
  /**
   * A bin with goods of several merchants: `whole` for each of them, divided `byVolume` of their goods, or paid by the
   * `firstOwner` alone.
   */
  sharedBins: z.enum(['whole', 'byVolume', 'firstOwner']),
  /** A bin emptied in the course of a day `counts` for it, or is `free` when the next day begins without it. */
  emptiedBins: z.enum(['counts', 'free']),
});
export type StoragePolicy = z.output<typeof storagePolicy>;
const storagePolicyView = storagePolicy.extend({ createdBy: z.string(), createdAt: instant });

/** Evidence of storage and how the house counts it. */
export const storageActions = {
  listStoragePolicies: defineAction({
    name: 'billing.listStoragePolicies',
    summary: 'How bins are counted, latest day first; before the first one every bin counts whole',
    rest: 'GET /storage-policies',
    access: [...STAFF, 'api'],
    params: none,
    output: z.object({ items: z.array(storagePolicyView) }),
  }),
  addStoragePolicy: defineAction({
    name: 'billing.addStoragePolicy',
    summary: 'Says how bins are counted from a day on; what is billed stays as it was counted',
    rest: 'POST /storage-policies',
    access: FINANCE,
    params: none,
    body: storagePolicy,
    output: storagePolicyView,
    status: 201,
  }),
  listStorageGaps: defineAction({
    name: 'billing.listStorageGaps',
    summary: 'Days under a storage contract whose stock is missing, by the rule that blocks a run',
    rest: 'GET /storage-snapshots/gaps',
    access: ['finance', 'admin', 'lead'],
    params: z.strictObject({ merchantId: id, from: localDate, to: localDate }),
    output: z.object({
      warehouses: z.array(z.string()).meta({ description: 'All that ever told of this merchant' }),
      gaps: z.array(
        z.object({
          day: localDate,
          warehouse: z.string().nullable().meta({
            description: 'It held goods at its last record and does not tell of this day; null where none tells of it',
          }),
        }),
      ),
    }),
  }),
  reconstructStorageSnapshots: defineAction({
    name: 'billing.reconstructStorageSnapshots',
    summary: 'Rebuilds missed days from the nearest earlier one and the stock movements since, marked as such',
    rest: 'POST /storage-snapshots/reconstruct',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      merchantId: id,
      warehouse: line(40).default('main'),
      from: localDate,
      to: localDate,
    }),
    output: z.object({ reconstructed: z.array(localDate) }),
    timeoutMs: 60_000,
  }),
  getStorageEvidence: defineAction({
    name: 'billing.getStorageEvidence',
    summary: 'Every day, bin and SKU of a merchant and month as CSV, with its source',
    rest: 'GET /merchants/{id}/storage-evidence.csv',
    access: EVERYONE,
    params: z.strictObject({ id, month: localMonth, language: sheetLanguage }),
    output: fileAnswer,
    download: true,
  }),
  getLineStorageEvidence: defineAction({
    name: 'billing.getLineStorageEvidence',
    summary:
      'Every day, bin and SKU behind a storage line of an invoice as CSV, with its source and what of it counted: lineQuantity adds up to the line, counted × weight ÷ weightOf to each of its charges',
    rest: 'GET /invoices/{id}/lines/{lineId}/storage.csv',
    access: ['finance', 'admin', 'lead', 'api', ...MERCHANT_USERS],
    params: z.strictObject({ id, lineId: id, language: sheetLanguage }),
    output: fileAnswer,
    download: true,
  }),
};
