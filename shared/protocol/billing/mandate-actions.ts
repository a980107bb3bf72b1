import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, filledText, id, line, localDate, none, page, pageParams } from '../schemas.ts';
import { mandateState, mandateSummary, mandateView } from './direct-debit-views.ts';
import { iban } from './issuer.ts';

const FINANCE = ['finance', 'admin'] as const;
const MANDATE_READERS = [...FINANCE, ...MERCHANT_USERS] as const;
const withReason = z.strictObject({ reason: filledText(500) });

const newMandate = z.strictObject({
  merchantId: id,
  reference: z
    .string()
    .regex(/^[A-Za-z0-9+?/:().,'-]{1,35}$/, "Must be 1 to 35 letters, digits and + ? / : ( ) . , ' -")
    .regex(/^(?!\/)(?!.*\/\/).*(?<!\/)$/, 'A slash stands neither at an end nor twice in a row')
    .optional()
    .meta({ description: 'Made of the number of the merchant when it is left out' }),
  scheme: z.enum(['CORE', 'B2B']),
  kind: z.enum(['recurrent', 'oneOff']).default('recurrent'),
  signedOn: localDate,
  iban,
  bic: z
    .string()
    .regex(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Must be a BIC of 8 or 11 characters')
    .optional()
    .meta({ description: 'Needed for accounts outside the EEA' }),
  debtorName: line(70),
  preNotificationDays: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .meta({ description: 'Where the merchant agreed to other notice' }),
});

/** Mandates of SEPA direct debits. */
export const mandateActions = {
  createMandate: defineAction({
    name: 'billing.createMandate',
    summary: 'Records a signed mandate; a merchant has one that is live',
    rest: 'POST /mandates',
    access: FINANCE,
    params: none,
    body: newMandate,
    output: mandateView,
    status: 201,
  }),
  listMandates: defineAction({
    name: 'billing.listMandates',
    summary: 'Mandates, newest first; merchants see their own with a masked IBAN',
    rest: 'GET /mandates',
    access: MANDATE_READERS,
    params: z.strictObject({ ...pageParams, merchantId: id.optional(), state: mandateState.optional() }),
    output: page(mandateSummary),
  }),
  getMandate: defineAction({
    name: 'billing.getMandate',
    summary: 'A mandate with its history',
    rest: 'GET /mandates/{id}',
    access: FINANCE,
    params: byId,
    output: mandateView,
  }),
  revokeMandate: defineAction({
    name: 'billing.revokeMandate',
    summary: 'Revokes a mandate for good: nothing is collected by it any more',
    rest: 'POST /mandates/{id}/revoke',
    access: FINANCE,
    params: byId,
    body: withReason,
    output: mandateView,
  }),
  unblockMandate: defineAction({
    name: 'billing.unblockMandate',
    summary: 'Lets a mandate be used again that a return debit blocked',
    rest: 'POST /mandates/{id}/unblock',
    access: FINANCE,
    params: byId,
    body: withReason,
    output: mandateView,
  }),
  endMandate: defineAction({
    name: 'billing.endMandate',
    summary: 'Ends a mandate with what is announced: no further invoice is, and the last collection says so (FNAL)',
    rest: 'POST /mandates/{id}/final',
    access: FINANCE,
    params: byId,
    output: mandateView,
  }),
};
