import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, filledLine, id, instant, line } from '../schemas.ts';
import { ANNOUNCERS, OPERATORS } from './intake-actions.ts';
import { outcomeFields } from './outcome-fields.ts';
import { returnView } from './views.ts';

const reason = filledLine(200);
const byItem = z.strictObject({ id, itemId: id });

/** Who did something, as far as a merchant is concerned. */
export const PARTIES = ['warehouse', 'merchant', 'shop', 'rule', 'clock'] as const;

/** What happens to a return beside its straight way: one worker at a time, goods that are sorted out, news of it. */
export const deskActions = {
  lockReturn: defineAction({
    name: 'returns.lockReturn',
    summary:
      'Work on a return alone for 10 minutes from the last change on; a change by somebody else is refused with ' +
      '409 `RETURN_LOCKED`. Leads and administrators take it from others, workers with `takeOver`',
    rest: 'POST /returns/{id}/lock',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({ takeOver: z.boolean().default(false) }),
    output: returnView,
  }),
  unlockReturn: defineAction({
    name: 'returns.unlockReturn',
    summary: 'Let others work on a return',
    rest: 'DELETE /returns/{id}/lock',
    access: OPERATORS,
    params: byId,
    output: returnView,
  }),
  linkItem: defineAction({
    name: 'returns.linkItem',
    summary: 'Say which article an item is that was recorded as free text; what was written down is kept',
    rest: 'POST /returns/{id}/items/{itemId}/link',
    access: OPERATORS,
    params: byItem,
    body: z.strictObject({
      sku: line(80),
      reason: reason.optional().meta({
        description: 'Why more of the article came back than was shipped; without it 422 `MORE_THAN_SHIPPED`',
      }),
    }),
    output: returnView,
  }),
  unbundleItem: defineAction({
    name: 'returns.unbundleItem',
    summary:
      'Take a bundle that came in parts for its components: what came of each is received, the rest is expected and ' +
      'missing in the end',
    rest: 'POST /returns/{id}/items/{itemId}/unbundle',
    access: OPERATORS,
    params: byItem,
    body: z.strictObject({
      components: z
        .array(
          z.strictObject({
            sku: line(80),
            quantity: z.int().min(1).max(100_000),
            itemId: id.optional().meta({ description: 'Of the component; the first one keeps the id of the bundle' }),
          }),
        )
        .min(1)
        .max(100)
        .meta({ description: 'What came; at most pieces of the bundle × pieces of the component in it' }),
    }),
    output: returnView,
  }),
  splitReturn: defineAction({
    name: 'returns.splitReturn',
    summary:
      'Move goods that belong to another order or merchant to a return of their own, with their photos; it was ' +
      'received like the one it comes from',
    rest: 'POST /returns/{id}/split',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({
      returnId: id.optional().meta({ description: 'Id of the new return, so that a repetition splits once' }),
      items: z
        .array(
          z.strictObject({
            itemId: id,
            quantity: z.int().min(1).max(100_000),
            partId: id.optional().meta({ description: 'Id of the part, when not all pieces of the item go' }),
          }),
        )
        .min(1)
        .max(500),
      merchantId: id.nullable().optional().meta({
        description: 'Whose the goods are; null while nobody knows it; left out: that of the order, or as before',
      }),
      orderId: id.optional(),
      reason: reason.optional().meta({
        description: 'Also why more comes back than was shipped with the order; without it 422 `MORE_THAN_SHIPPED`',
      }),
    }),
    output: returnView,
    status: 201,
  }),
  reportInTransit: defineAction({
    name: 'returns.reportInTransit',
    summary: 'The consumer has handed the parcel to the carrier',
    rest: 'POST /returns/{id}/in-transit',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject({ carrier: line(40).optional(), trackingNumber: line(80).optional() }),
    output: returnView,
  }),
  reportLost: defineAction({
    name: 'returns.reportLost',
    summary: 'The parcel will not come; should it come after all, it can be received',
    rest: 'POST /returns/{id}/lost',
    access: OPERATORS,
    params: byId,
    body: z.strictObject({ reason }),
    output: returnView,
  }),
  reportOutcome: defineAction({
    name: 'returns.reportOutcome',
    summary: 'Tell what the consumer gets; nothing in the warehouse waits for it',
    rest: 'POST /returns/{id}/outcome',
    access: ANNOUNCERS,
    params: byId,
    body: z.strictObject(outcomeFields),
    output: returnView,
  }),
  getReturnStory: defineAction({
    name: 'returns.getReturnStory',
    summary: 'What happened to a return, oldest first; merchants are not told of the steps inside the house',
    rest: 'GET /returns/{id}/story',
    access: EVERYONE,
    params: byId,
    output: z.object({
      entries: z.array(
        z.object({
          at: instant,
          what: z.string().meta({ description: 'Stable code, such as `return.received`' }),
          by: z.enum(PARTIES),
          who: z.string().optional().meta({ description: 'Name; staff only' }),
          detail: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
};
