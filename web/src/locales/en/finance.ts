import type { TextsLike } from '../../app/i18n/texts.ts';
import type { finance as german } from '../de/finance.ts';
import { financeCharges } from './finance-charges.ts';
import { financeCorrections } from './finance-corrections.ts';
import { financeDesk } from './finance-desk.ts';
import { financeDocuments } from './finance-documents.ts';
import { financeImport } from './finance-import.ts';
import { financeRates } from './finance-rates.ts';
import { financeRuns } from './finance-runs.ts';
import { financeSettings } from './finance-settings.ts';
import { financeStock } from './finance-stock.ts';

export const finance: TextsLike<typeof german> = {
  nav: {
    runs: 'Runs',
    charges: 'Charges',
    rateCards: 'Rate cards',
    invoices: 'Invoices',
    openItems: 'Open items',
    payments: 'Payments',
    bank: 'Bank statements',
    directDebits: 'Direct debits',
    dunning: 'Dunning',
    exports: 'Exports',
    storage: 'Storage',
    accounts: 'Accounts',
    specialJobs: 'Special jobs',
    shipments: 'Shipments',
    carrierInvoices: 'Carriers',
    lineDisputes: 'Disputes',
    disputes: 'Batches',
    selfCheck: 'Self-check',
    settings: 'Settings',
  },
  ...financeRuns,
  ...financeCharges,
  ...financeCorrections,
  ...financeDesk,
  ...financeDocuments,
  ...financeImport,
  ...financeRates,
  ...financeSettings,
  ...financeStock,
  reason: 'Reason',
  unrated: {
    NO_RULE: 'no rule of the rate card matches',
    CARD_MISSING: 'the rate card named in the contract does not exist',
    NO_VERSION: 'the rate card is not valid yet on these days',
    AMBIGUOUS: 'several rules of the same priority match',
    VOLUME_MISSING: 'the volume of the stock is missing',
    AMOUNT_MISSING: 'the amount that the price depends on is missing',
    MERCHANT_UNKNOWN: 'the merchant has not been set up yet',
    RERATING: 'the new price is being determined',
  },
};
