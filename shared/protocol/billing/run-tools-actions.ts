import { z } from 'zod';
import { defineAction } from '../define.ts';
import { amountMinor, id, localDate, none, page, pageParams } from '../schemas.ts';
import { finding, rowState, runView } from './runs-views.ts';

/** A merchant's section beside what the run before billed for it. */
const comparedSection = z.object({
  section: z.string(),
  netMinor: amountMinor,
  previousNetMinor: amountMinor.nullable(),
  changePercent: z
    .string()
    .nullable()
    .meta({ description: 'Against the run before, one place; null without one, or from nothing', example: '-12.5' }),
});

const previewRow = z.object({
  /** The merchant's, so that lists have a key. */
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  state: rowState.nullable().meta({ description: 'Of the row that this cut-off has already; null without one' }),
  chargeCount: z.int(),
  netMinor: amountMinor,
  vatMinor: amountMinor,
  grossMinor: amountMinor,
  carriedMinor: amountMinor.nullable().meta({ description: 'Gross of what is due and issues nothing' }),
  sections: z.array(comparedSection),
  previous: z
    .object({ runId: id, cutoff: localDate, netMinor: amountMinor, changePercent: z.string().nullable() })
    .nullable()
    .meta({ description: 'The last run of the same kind: half month with half month, month end with month end' }),
  findings: z.array(finding),
});
export type PreviewRow = z.output<typeof previewRow>;

/** At most so many merchants are named, as their ids stand in the address. */
const MOST_NAMED = 50;
const merchantIds = z
  .string()
  .max(MOST_NAMED * 37)
  .transform((text) => text.split(','))
  .pipe(z.array(id).min(1).max(MOST_NAMED))
  .optional()
  .meta({ description: 'Ids, separated by commas; all merchants without it' });

/** What goes around runs: looking before, and ending a contract. */
export const runToolsActions = {
  previewBillingRun: defineAction({
    name: 'billing.previewBillingRun',
    summary: 'What a run of the cut-off would bill now, merchant by merchant, beside the run before; writes nothing',
    rest: 'GET /billing-runs/preview',
    access: ['finance', 'admin', 'lead'],
    params: z.strictObject({
      ...pageParams,
      limit: z.coerce.number().int().min(1).max(50).default(20),
      cutoff: localDate,
      merchantIds,
    }),
    output: page(previewRow),
    // each merchant is computed as a draft is
    timeoutMs: 60_000,
  }),
  startFinalRun: defineAction({
    name: 'billing.startFinalRun',
    summary: 'Bills everything unbilled of a merchant whose contract has ended, on any day and in all streams',
    rest: 'POST /billing-runs/final',
    access: ['finance', 'admin'],
    params: none,
    body: z.strictObject({ merchantId: id, day: localDate }),
    output: runView,
    status: 202,
  }),
};
