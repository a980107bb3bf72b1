import { z } from 'zod';
import { address, email, enteredAddress, filledLine, id, instant, language, line, localDate } from '../schemas.ts';
import { rtvSchedule, taxTreatment } from './events.ts';
import { invoiceDelivery } from './invoice-delivery.ts';
import { givenReturnPolicy, returnPolicy, returnRule } from './return-policy.ts';

export const merchantStatus = z.enum(['active', 'suspended', 'terminated']);
const tradeRole = z.enum(['customer', 'supplier']);
const emails = z.array(email).max(10);

export const taxTreatmentFrom = localDate.nullable().meta({
  description:
    'First day of the month from which services are taxed so, null for all; this month when the treatment changes without it',
  example: '2026-11-01',
});

/** What is said of a merchant when it is created or changed. */
export const merchantFields = {
  number: filledLine(40),
  name: filledLine(120),
  language,
  address: enteredAddress,
  vatId: line(20)
    .nullable()
    .meta({ description: 'With its country prefix, in capitals, without spaces', example: 'DE136695976' }),
  taxTreatment,
  exemptionReason: filledLine(200).nullable().meta({
    description: 'Why no VAT is charged, as documents say it; needed for `exempt`',
    example: 'Steuerfreie Leistung nach § 4 Nr. 3 UStG',
  }),
  paymentTermsDays: z.int().min(0).max(120),
  invoiceEmails: emails.min(1),
  noticeEmails: emails,
  purchaseOrderReference: filledLine(60).nullable(),
  ...invoiceDelivery,
  debtorNumber: filledLine(20).nullable(),
  rtvAddress: enteredAddress.nullable(),
  rtvSchedule,
  returnRules: z.array(returnRule.strict()).max(100),
  returnPolicy: givenReturnPolicy,
  roles: z.array(tradeRole).min(1).max(2),
};

/** What a merchant user sees of it; what only the house knows is left out. */
export const merchantView = z.object({
  id,
  version: z.int(),
  number: z.string(),
  name: z.string(),
  status: merchantStatus,
  language,
  address,
  vatId: z.string().nullable(),
  taxTreatment,
  taxTreatmentFrom,
  exemptionReason: z.string().nullable(),
  paymentTermsDays: z.int(),
  invoiceEmails: z.array(email),
  noticeEmails: z.array(email),
  purchaseOrderReference: z.string().nullable(),
  ...invoiceDelivery,
  rtvAddress: address.nullable(),
  rtvSchedule,
  debtorNumber: z.string().nullable().optional().meta({ description: 'Staff only' }),
  returnRules: z.array(returnRule).optional().meta({ description: 'Staff only' }),
  returnPolicy: returnPolicy.optional().meta({ description: 'Staff only' }),
  roles: z.array(tradeRole).optional().meta({ description: 'Staff only' }),
  origin: z.enum(['manual', 'import', 'api']).optional().meta({ description: 'Staff only' }),
  createdAt: instant,
  updatedAt: instant,
});
export type MerchantView = z.output<typeof merchantView>;
