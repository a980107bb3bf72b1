import { z } from 'zod';
import { defineAction, MERCHANT_USERS, STAFF } from '../define.ts';
import {
  byId,
  country,
  enteredAddress,
  filledLine,
  id,
  instant,
  language,
  line,
  localDate,
  none,
  page,
  pageParams,
} from '../schemas.ts';
import {
  contractTerms,
  merchantSnapshot,
  rtvSchedule,
  storageAgeBands,
  storageMeasure,
  storageMethod,
  storageSource,
  taxTreatment,
} from './events.ts';
import { asShipped } from './invoice-delivery.ts';
import { merchantFields, merchantStatus, merchantView, taxTreatmentFrom } from './merchant-fields.ts';
import { noteActions } from './note-actions.ts';
import { vatCheckActions } from './vat-check-actions.ts';

const reason = filledLine(200).optional().meta({ description: 'Why, for the audit trail' });

const termFields = {
  fulfilmentCadence: contractTerms.shape.fulfilmentCadence,
  monthEndDocuments: contractTerms.shape.monthEndDocuments,
  storageMethod: storageMethod.nullable(),
  storageMeasure: storageMeasure.nullable().meta({ description: 'For methods that do not name what they measure' }),
  storageAgeBands: storageAgeBands.meta({ description: 'Last day of each age band; rules may ask for the age' }),
  storageSource,
  storageIsLandRelated: z.boolean().meta({
    description: 'A specific area is let: storage bears the VAT of the warehouse’s country, whoever rents it',
  }),
  softwareFee: z.boolean(),
  rateCardCode: line(60).nullable(),
};

const contractView = z.object({
  id,
  version: z.int(),
  merchantId: id,
  startsOn: localDate,
  endsOn: localDate.nullable(),
  ...termFields,
  createdAt: instant,
  updatedAt: instant,
});
export type ContractView = z.output<typeof contractView>;

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const merchantsActions = {
  listMerchants: defineAction({
    name: 'merchants.listMerchants',
    summary: 'Merchants; a merchant user sees the own ones',
    rest: 'GET /merchants',
    access: [...STAFF, ...MERCHANT_USERS, 'api'],
    params: z.strictObject({
      ...pageParams,
      status: merchantStatus.optional(),
      country: country.optional(),
      number: line(40).optional(),
      q: line(120).optional().meta({ description: 'Part of the number or the name' }),
      sort: z.enum(['number', '-number', 'name', '-name', 'createdAt', '-createdAt']).default('number'),
    }),
    output: page(merchantView),
  }),
  createMerchant: defineAction({
    name: 'merchants.createMerchant',
    summary: 'Create a merchant',
    rest: 'POST /merchants',
    access: ['finance', 'admin', 'api'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      ...merchantFields,
      language: language.default('de'),
      vatId: merchantFields.vatId.default(null),
      taxTreatment: taxTreatment.default('domestic'),
      exemptionReason: merchantFields.exemptionReason.default(null),
      paymentTermsDays: merchantFields.paymentTermsDays.default(14),
      noticeEmails: merchantFields.noticeEmails.default([]),
      purchaseOrderReference: merchantFields.purchaseOrderReference.default(null),
      ...asShipped,
      debtorNumber: merchantFields.debtorNumber.default(null),
      rtvAddress: enteredAddress.nullable().default(null),
      rtvSchedule: rtvSchedule.default('manual'),
      returnRules: merchantFields.returnRules.default([]),
      returnPolicy: merchantFields.returnPolicy.optional(),
      roles: merchantFields.roles.default(['customer']),
    }),
    output: merchantView,
    status: 201,
  }),
  getMerchant: defineAction({
    name: 'merchants.getMerchant',
    summary: 'One merchant',
    rest: 'GET /merchants/{id}',
    access: [...STAFF, ...MERCHANT_USERS, 'api'],
    params: byId,
    output: merchantView,
  }),
  changeMerchant: defineAction({
    name: 'merchants.changeMerchant',
    summary: 'Change a merchant; finalized documents keep what they say',
    rest: 'PATCH /merchants/{id}',
    access: ['finance', 'admin', 'api'],
    params: byId,
    body: z.strictObject({ ...merchantFields, taxTreatmentFrom, status: merchantStatus, reason }).partial(),
    output: merchantView,
  }),

  listContracts: defineAction({
    name: 'merchants.listContracts',
    summary: 'Contracts by merchant and start',
    rest: 'GET /contracts',
    access: ['finance', 'admin', 'api'],
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      on: localDate.optional().meta({ description: 'Only those in force on this day' }),
    }),
    output: page(contractView),
  }),
  createContract: defineAction({
    name: 'merchants.createContract',
    summary: 'Agree terms from a day on; contracts of one merchant never overlap',
    rest: 'POST /contracts',
    access: ['finance', 'admin', 'api'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      startsOn: localDate,
      endsOn: localDate.nullable().default(null),
      fulfilmentCadence: termFields.fulfilmentCadence.default('semiMonthly'),
      monthEndDocuments: termFields.monthEndDocuments.default('one'),
      storageMethod: termFields.storageMethod.default(null),
      storageMeasure: termFields.storageMeasure.default(null),
      storageAgeBands: termFields.storageAgeBands.default([]),
      storageSource: storageSource.default('external'),
      storageIsLandRelated: termFields.storageIsLandRelated.default(false),
      softwareFee: z.boolean().default(true),
      rateCardCode: termFields.rateCardCode.default(null),
    }),
    output: contractView,
    status: 201,
  }),
  changeContract: defineAction({
    name: 'merchants.changeContract',
    summary: 'Change terms, or set or move the end; the first day stays',
    rest: 'PATCH /contracts/{id}',
    access: ['finance', 'admin', 'api'],
    params: byId,
    body: z.strictObject({ ...termFields, endsOn: localDate.nullable(), reason }).partial(),
    output: contractView,
  }),

  ...noteActions,
  ...vatCheckActions,

  getMerchantSnapshot: defineAction({
    name: 'merchants.getMerchantSnapshot',
    summary: 'What others may know of a merchant; for a service whose copy has not arrived yet',
    access: 'internal',
    params: byId,
    output: merchantSnapshot,
  }),
};
