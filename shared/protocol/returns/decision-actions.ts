import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { filledLine, id, instant, language, line, none, page, pageParams } from '../schemas.ts';
import { disposition, grade, reasonText, returnState } from './events.ts';
import { OPERATORS } from './intake-actions.ts';
import { itemState, photoView } from './views.ts';

/** What a merchant is asked about some pieces, and what they may answer. */
const question = {
  itemId: id,
  sku: z.string().nullable(),
  name: z.string(),
  quantity: z.int().positive(),
  grade: grade.nullable(),
  reason: z.string().nullable(),
  reasonText: reasonText.nullable(),
  note: z.string(),
  choices: z.array(disposition),
  default: disposition.meta({ description: 'What happens at `dueAt` when nobody answers' }),
  askedAt: instant,
  dueAt: instant,
  photos: z.array(photoView),
};
export const openDecision = z.object({
  returnId: id,
  returnNumber: z.string(),
  merchantId: id,
  orderNumber: z.string().nullable(),
  ...question,
});
export type OpenDecision = z.output<typeof openDecision>;

/** What whoever has the link sees; it names nothing but this return. */
export const linkedDecision = z.object({
  returnNumber: z.string(),
  orderNumber: z.string().nullable(),
  merchantName: z.string(),
  language,
  answeredAt: instant.nullable().meta({ description: 'When this link was used; it can be used once' }),
  items: z.array(
    z.object({
      ...question,
      open: z.boolean().meta({ description: 'Not answered yet, be it here, in the portal or by the deadline' }),
      disposition: disposition.nullable().meta({ description: 'What was decided' }),
    }),
  ),
});
export type LinkedDecision = z.output<typeof linkedDecision>;

const token = z.strictObject({ token: line(2_000) });
const answer = { itemId: id, disposition, reason: filledLine(200).optional() };

/** Questions to merchants and their answers: one by one, many at once, or by the link in a mail. */
export const decisionActions = {
  listDecisions: defineAction({
    name: 'returns.listDecisions',
    summary: 'What merchants are asked and have not answered, the earliest deadline first',
    rest: 'GET /decisions',
    access: EVERYONE,
    params: z.strictObject({ ...pageParams, merchantId: id.optional(), returnId: id.optional() }),
    output: page(openDecision),
  }),
  decideItems: defineAction({
    name: 'returns.decideItems',
    summary: 'Decide on many items, all of them or none; at most 200 items of 100 returns',
    rest: 'POST /decisions',
    access: [...OPERATORS, 'merchantDecider'],
    params: none,
    body: z.strictObject({
      decisions: z
        .array(z.strictObject({ returnId: id, ...answer }))
        .min(1)
        .max(200),
    }),
    // a hundred returns are locked and written one after the other
    timeoutMs: 30_000,
    output: z.object({
      items: z.array(z.object({ returnId: id, itemId: id, state: itemState, disposition: disposition.nullable() })),
      returns: z.array(
        z.object({
          returnId: id,
          version: z.int().positive(),
          state: returnState,
          decisionDueAt: instant.nullable(),
        }),
      ),
    }),
  }),
  getLinkedDecision: defineAction({
    name: 'returns.getLinkedDecision',
    summary: 'What the link in a mail asks; looking does not use it up',
    rest: 'GET /decisions/{token}',
    access: 'public',
    params: token,
    output: linkedDecision,
  }),
  answerLinkedDecision: defineAction({
    name: 'returns.answerLinkedDecision',
    summary: 'Answer by the link in a mail, once; the same answer again changes nothing',
    rest: 'POST /decisions/{token}',
    access: 'public',
    params: token,
    body: z.strictObject({ decisions: z.array(z.strictObject(answer)).min(1).max(200) }),
    output: linkedDecision,
  }),
};
