import { z } from 'zod';
import { instant } from '../schemas.ts';

/** VAT categories of EN 16931 that documents here have: standard, reverse charge, outside the scope, exempt. */
export const vatCategory = z.enum(['S', 'AE', 'O', 'E']);
export const chart = z.enum(['SKR03', 'SKR04']);
export type Chart = z.output<typeof chart>;

/** Of the general ledger; how many digits it has is said beside it. */
const ledgerAccount = z
  .string()
  .regex(/^(?!0+$)\d{4,8}$/, 'Must be an account of 4 to 8 digits')
  .meta({ example: '8400' });
/** Personal accounts of debtors begin with 1 to 6 and have one digit more than the general ledger. */
const debtorAccount = z
  .string()
  .regex(/^[1-6]\d{4,8}$/, 'Must be a debtor account of 5 to 9 digits, from 1… to 6…')
  .meta({ example: '10000' });

const revenueAccount = z.strictObject({
  category: vatCategory,
  rateBasisPoints: z.int().min(0).max(10_000),
  account: ledgerAccount,
});
export type RevenueAccount = z.output<typeof revenueAccount>;
export const accountDigits = z.int().min(4).max(8);

/** How the books of the issuer are kept, as its tax adviser says. */
export const accountingSettings = z.strictObject({
  consultantNumber: z.int().min(1_001).max(9_999_999).meta({ description: 'Beraternummer' }),
  clientNumber: z.int().min(1).max(99_999).meta({ description: 'Mandantennummer' }),
  fiscalYearStartMonth: z.int().min(1).max(12),
  accountDigits: accountDigits.meta({ description: 'Sachkontenlänge; personal accounts have one digit more' }),
  chart,
  accounts: z.array(revenueAccount).min(1).max(40).meta({ description: 'Revenue account of each category and rate' }),
  debtors: z.strictObject({
    mode: z.enum(['collective', 'perMerchant']),
    account: debtorAccount.meta({
      description: 'The account of all merchants; or the first number given to a merchant without one of its own',
    }),
  }),
  locked: z.boolean().meta({ description: 'Festschreibung: postings are final when they are imported' }),
  initials: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Must be two capital letters')
    .nullable()
    .meta({ description: 'Diktatkürzel' }),
  correctionReference: z.enum(['original', 'own']).default('original').meta({
    description:
      'Belegfeld 1 of a cancellation or credit note: the number of the document it corrects, so that both are one open item, or its own',
  }),
});
export type AccountingSettings = z.output<typeof accountingSettings>;

export const accountingSettingsView = accountingSettings.extend({ version: z.int(), updatedAt: instant });
export type AccountingSettingsView = z.output<typeof accountingSettingsView>;
export const accountingProposal = accountingSettings.pick({ accounts: true, debtors: true });
