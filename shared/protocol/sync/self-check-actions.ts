import { z } from 'zod';
import { defineAction } from '../define.ts';
import { instant, none } from '../schemas.ts';

const inBoth = z.object({ de: z.string(), en: z.string() });

const invariantView = z.object({
  id: z.string().meta({ example: 'I8.gapless' }),
  service: z.string().meta({ description: 'Whose tables it is about' }),
  title: inBoth,
  meaning: inBoth,
  remedy: inBoth,
  by: z.string().nullable().meta({ description: 'The constraint that makes a violation impossible' }),
  state: z
    .enum(['kept', 'violated', 'unknown', 'impossible'])
    .meta({ description: 'unknown: not looked for yet, or its part of the product gave no answer' }),
  count: z.int().nullable().meta({ description: 'Rows that contradict it' }),
  examples: z.array(z.object({ id: z.string(), detail: z.string() })).meta({ description: 'The first 20 of them' }),
  error: z.string().nullable(),
  checkedAt: instant.nullable(),
  violatedSince: instant.nullable(),
  tookMs: z.int().nullable(),
});
export type InvariantView = z.output<typeof invariantView>;

export const selfCheckView = z.object({
  state: z.enum(['kept', 'violated', 'unknown']).meta({ description: 'The worst of all' }),
  running: z.boolean().meta({ description: 'A check is under way or asked for' }),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  violated: z.int(),
  unknown: z.int(),
  invariants: z.array(invariantView),
});
export type SelfCheckView = z.output<typeof selfCheckView>;

/** Whether the data is what it must be. */
export const selfCheckActions = {
  getSelfCheck: defineAction({
    name: 'sync.getSelfCheck',
    summary: 'What the last self-check of the data found, invariant by invariant',
    rest: 'GET /self-check',
    access: ['admin', 'finance', 'lead'],
    params: none,
    output: selfCheckView,
  }),
  startSelfCheck: defineAction({
    name: 'sync.startSelfCheck',
    summary: 'Checks the data now; it is done every minute anyway',
    rest: 'POST /self-check',
    access: ['admin'],
    params: none,
    output: selfCheckView,
    status: 202,
  }),
};
