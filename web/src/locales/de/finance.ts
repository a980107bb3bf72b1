import { financeCharges } from './finance-charges.ts';
import { financeCorrections } from './finance-corrections.ts';
import { financeDesk } from './finance-desk.ts';
import { financeDocuments } from './finance-documents.ts';
import { financeImport } from './finance-import.ts';
import { financeRates } from './finance-rates.ts';
import { financeRuns } from './finance-runs.ts';
import { financeSettings } from './finance-settings.ts';
import { financeStock } from './finance-stock.ts';

export const finance = {
  nav: {
    runs: 'Läufe',
    charges: 'Posten',
    rateCards: 'Preislisten',
    invoices: 'Rechnungen',
    openItems: 'Offene Posten',
    payments: 'Zahlungen',
    bank: 'Kontoauszüge',
    directDebits: 'Lastschriften',
    dunning: 'Mahnwesen',
    exports: 'Exporte',
    storage: 'Lager',
    accounts: 'Konten',
    specialJobs: 'Sonderaufträge',
    shipments: 'Sendungen',
    carrierInvoices: 'Versanddienste',
    lineDisputes: 'Beanstandungen',
    disputes: 'Sammelrücksendungen',
    selfCheck: 'Selbstprüfung',
    settings: 'Einstellungen',
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
  reason: 'Begründung',
  unrated: {
    NO_RULE: 'keine Regel der Preisliste passt',
    CARD_MISSING: 'die Preisliste des Vertrags gibt es nicht',
    NO_VERSION: 'die Preisliste gilt an diesen Tagen noch nicht',
    AMBIGUOUS: 'mehrere Regeln gleichen Rangs passen',
    VOLUME_MISSING: 'beim Lagerbestand fehlt das Volumen',
    AMOUNT_MISSING: 'der Betrag fehlt, nach dem sich der Preis richtet',
    MERCHANT_UNKNOWN: 'der Händler ist noch nicht angelegt',
    RERATING: 'der neue Preis wird gerade ermittelt',
  },
} as const;
