import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, id, instant, localDate, page, pageParams } from '../schemas.ts';
import { vatIdCheck } from './events.ts';

/** One question to the register of VAT ids and its answer: the proof of § 18e UStG. */
const vatCheckView = z.object({
  id,
  vatId: z.string().meta({ description: 'As it was asked for' }),
  state: vatIdCheck.shape.state.meta({ description: '`unavailable`: the register gave no answer; see `error`' }),
  register: z.string(),
  askedAt: instant,
  askedBy: z
    .enum(['user', 'apiKey', 'service'])
    .meta({ description: '`service`: the worker before the end of a month' }),
  askedById: z.string(),
  checkedOn: localDate.meta({ description: 'Day of the request as the register dates it' }),
  consultationNumber: z.string().nullable().meta({ description: 'Only where the house asked with its own VAT id' }),
  registeredName: z.string().nullable(),
  registeredAddress: z.string().nullable(),
  nameMatches: z.boolean().nullable().meta({ description: '`null`: not compared by the member state' }),
  addressMatches: z.boolean().nullable(),
  error: z.string().nullable(),
});
export type VatCheckView = z.output<typeof vatCheckView>;

export const vatCheckActions = {
  listVatChecks: defineAction({
    name: 'merchants.listVatChecks',
    summary: 'What the register of VAT ids said of a merchant, newest first',
    rest: 'GET /merchants/{id}/vat-checks',
    access: ['finance', 'admin'],
    params: byId.extend(pageParams),
    output: page(vatCheckView).extend({
      isAvailable: z.boolean().meta({ description: 'Whether a register is set up that can be asked' }),
    }),
  }),
  checkVatId: defineAction({
    name: 'merchants.checkVatId',
    summary: 'Ask the register whether the VAT id of a merchant is valid, and keep the answer',
    rest: 'POST /merchants/{id}/vat-checks',
    access: ['finance', 'admin'],
    params: byId,
    body: z.strictObject({
      checkId: id.optional().meta({ description: 'Id of the check, so that a repetition asks once' }),
    }),
    output: vatCheckView,
    status: 201,
  }),
};
