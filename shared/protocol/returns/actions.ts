import { z } from 'zod';
import { defineAction } from '../define.ts';
import { id, instant, line, none, text } from '../schemas.ts';
import { announcementActions } from './announcement-actions.ts';
import { batchActions } from './batch-actions.ts';
import { decisionActions } from './decision-actions.ts';
import { deskActions } from './desk-actions.ts';
import { inspectionActions } from './inspection-actions.ts';
import { intakeActions } from './intake-actions.ts';
import { labelActions } from './label-actions.ts';
import { settingsActions } from './settings-actions.ts';

/** What became of a batch of imported documents; the same batch again changes nothing. */
export const importOutcome = z.object({
  created: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** Documents that exist with other content; nothing of them was changed. */
  conflicts: z.array(z.object({ merchantId: id, externalNumber: z.string() })),
});

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const returnsActions = {
  ...intakeActions,
  ...deskActions,
  ...inspectionActions,
  ...decisionActions,
  ...batchActions,
  ...labelActions,
  ...announcementActions,
  ...settingsActions,
  importAnnouncedReturns: defineAction({
    name: 'returns.importAnnouncedReturns',
    summary: 'Records announced returns of an import, at most 500 at once',
    access: 'internal',
    params: none,
    body: z.strictObject({
      returns: z
        .array(
          z.strictObject({
            returnId: id,
            merchantId: id,
            channel: line(40),
            externalNumber: line(80),
            announcedAt: instant,
            contentHash: z.string().length(64),
            lines: z
              .array(
                z.strictObject({
                  ordinal: z.int().positive(),
                  sku: line(80),
                  name: text(300, 0),
                  quantity: z.int().positive(),
                  /** What the system of `channel` calls the reason (C15). */
                  externalReason: line(80).optional(),
                }),
              )
              .min(1),
          }),
        )
        .max(500),
      /** Tells what would happen and writes nothing. */
      dryRun: z.boolean().optional(),
    }),
    output: importOutcome,
  }),
};
