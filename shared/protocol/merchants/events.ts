import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { address, email, id, language, line, localDate } from '../schemas.ts';
import { taxBefore, taxTreatment } from './dated-taxes.ts';
import { returnPolicy, returnRule } from './return-policy.ts';

export { returnRule };
export { taxTreatment, type TaxTreatment } from './dated-taxes.ts';

/**
 * By the day; or once a month by the last day, the average, the peak, or the record days of its halves; or a month's
 * price for goods as they come in and on every anniversary (billing.md, Storage).
 */
export const storageMethod = z.enum([
  ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
  ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
] as const);
/** What is measured, where the method does not say it. */
export const storageMeasure = z.enum(['bin', 'pallet', 'cubicMetre', 'piece']);
/** Last day of each age band, ascending: 30 and 90 are 1 to 30, 31 to 90, and older. */
export const storageAgeBands = z
  .array(z.int().min(1).max(3_650))
  .max(5)
  .refine((days) => days.every((day, index) => index === 0 || day > days[index - 1]!), 'Must be ascending');
/** Who tells the stock of each day: the warehouse's own system, or the ledger of stock movements. */
export const storageSource = z.enum(['external', 'ledger']);

/** What merchant and fulfiller agreed; one contract at a time. */
export const contractTerms = z.object({
  contractId: id,
  startsOn: localDate,
  endsOn: localDate.nullable(),
  /** `semiMonthly`: picking and shipping on the 15th and at month end; `monthly`: all at month end. */
  fulfilmentCadence: z.enum(['semiMonthly', 'monthly']),
  /** At month end one document with all sections, or one per stream. */
  monthEndDocuments: z.enum(['one', 'two']),
  /** `null`: no storage, so no gap in the snapshots is missed. */
  storageMethod: storageMethod.nullable(),
  /** Contracts of earlier days lack what follows. */
  storageMeasure: storageMeasure.nullable().default(null),
  storageAgeBands: storageAgeBands.default([]),
  storageSource: storageSource.default('external'),
  /** A specific area is let: storage is taxed where the warehouse is (§ 3a Abs. 3 Nr. 1 UStG). */
  storageIsLandRelated: z.boolean().default(false),
  softwareFee: z.boolean(),
  rateCardCode: line(60).nullable(),
});
export type ContractTerms = z.output<typeof contractTerms>;

/** What the register of VAT ids said of the id the merchant has now: its last definite answer, if it ever gave one. */
export const vatIdCheck = z.object({ state: z.enum(['valid', 'invalid', 'unavailable']), checkedOn: localDate });
export type VatIdCheck = z.output<typeof vatIdCheck>;

/** When the open batch of unsellable goods goes back to the merchant. `manual`: a person closes it. */
export const rtvSchedule = z.enum(['manual', 'weekly', 'semiMonthly', 'monthly']);

export const merchantSnapshot = z.object({
  merchantId: id,
  version: z.int().positive(),
  number: line(40),
  name: line(120),
  status: z.enum(['active', 'suspended', 'terminated']),
  language,
  address,
  vatId: line(20).nullable(),
  taxTreatment,
  /** Of services of earlier months; events of earlier days know nothing of it. */
  taxBefore: taxBefore.default([]),
  /** Why an exempt merchant is, as its documents say it. Events of earlier days lack this and what follows. */
  exemptionReason: line(200).nullable().default(null),
  vatIdCheck: vatIdCheck.nullable().default(null),
  paymentTermsDays: z.int().min(0).max(120),
  invoiceEmails: z.array(email),
  noticeEmails: z.array(email),
  purchaseOrderReference: line(60).nullable(),
  /** Merchants of earlier days lack these three. BT-10: a Leitweg-ID or a reference of the merchant's own. */
  buyerReference: line(60).nullable().default(null),
  /** The mail of an invoice brings its XML, too. */
  invoiceXml: z.boolean().default(false),
  /** The mail of an invoice brings a link to its documents that asks for no log-in. */
  invoiceLink: z.boolean().default(false),
  debtorNumber: line(20).nullable(),
  rtvAddress: address.nullable(),
  rtvSchedule,
  returnRules: z.array(returnRule),
  returnPolicy: returnPolicy.prefault({}),
  contracts: z.array(contractTerms),
});
export type MerchantSnapshot = z.output<typeof merchantSnapshot>;

/** Everything others may know of a merchant; the highest version wins, order is never assumed. */
export const merchantChangedV1 = defineEvent('merchants.merchant-changed.v1', merchantSnapshot);
