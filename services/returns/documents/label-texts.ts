import type { Language } from '../../../shared/documents/formats.ts';
import type { LabelHint } from './label-model.ts';

export interface LabelTexts {
  title(count: number): string;
  hints: Record<LabelHint, string>;
  pieces(count: number): string;
  quantity: string;
  grade: string;
  merchant: string;
  returnNumber: string;
  orderNumber: string;
  batch: string;
  unknownMerchant: string;
}

const de: LabelTexts = {
  title: (count) => (count === 1 ? 'Etikett' : 'Etiketten'),
  hints: {
    inspect: 'Prüfen',
    restock: 'Einlagern',
    restock_b: 'Als B-Ware einlagern',
    refurbish: 'Aufbereiten',
    rtv: 'Zum Händler',
    dispose: 'Entsorgen',
    donate: 'Spenden',
    hold: 'Sperrlager',
    expected: 'Erwartet',
  },
  pieces: (count) => `${count} Stück`,
  quantity: 'Menge',
  grade: 'Zustand',
  merchant: 'Händler',
  returnNumber: 'Retoure',
  orderNumber: 'Auftrag',
  batch: 'Sammelrücksendung',
  unknownMerchant: 'unbekannt',
};

const en: LabelTexts = {
  title: (count) => (count === 1 ? 'Label' : 'Labels'),
  hints: {
    inspect: 'Inspect',
    restock: 'Restock',
    restock_b: 'Restock as B grade',
    refurbish: 'Refurbish',
    rtv: 'To merchant',
    dispose: 'Dispose of',
    donate: 'Donate',
    hold: 'Quarantine',
    expected: 'Expected',
  },
  pieces: (count) => `${count} ${count === 1 ? 'piece' : 'pieces'}`,
  quantity: 'Quantity',
  grade: 'Grade',
  merchant: 'Merchant',
  returnNumber: 'Return',
  orderNumber: 'Order',
  batch: 'Return batch',
  unknownMerchant: 'unknown',
};

export const LABEL_TEXTS: Record<Language, LabelTexts> = { de, en };
