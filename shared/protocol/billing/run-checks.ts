import { z } from 'zod';

/** How the issuer wants runs approved; what is left out stays as it is. */
export const approvalRules = z.strictObject({
  fourEyes: z.boolean().meta({
    description:
      'Who started a run, had it recalculated, or changed its charges or their prices since, does not approve it. Administrators switch it off',
  }),
});

/** Bounds of the checks before approval, in percent. */
export const checkBounds = z.strictObject({
  aboveUsualPercent: z
    .int()
    .min(101)
    .max(10_000)
    .meta({ description: 'A total above this share of the usual one needs a person', example: 300 }),
  changePercent: z.int().min(1).max(10_000).meta({
    description: 'A change against the run before is told from here on, of the smaller of both',
    example: 200,
  }),
});
