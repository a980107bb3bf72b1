import type { Language } from '../../../shared/documents/formats.ts';

export interface ReturnSlipTexts {
  title: string;
  boughtFrom(shop: string): string;
  returnNumber: string;
  orderNumber: string;
  steps: readonly string[];
  article: string;
  quantity: string;
  comesBack: string;
  reason: string;
  reasons: string;
  label: string;
  to: string;
  page(page: number, pages: number): string;
}

const de: ReturnSlipTexts = {
  title: 'Retourenschein',
  boughtFrom: (shop) => `Rücksendung an ${shop}`,
  returnNumber: 'Retourennummer',
  orderNumber: 'Ihre Bestellung',
  steps: [
    'Kreuzen Sie an, was Sie zurücksenden, und tragen Sie die Nummer des Grundes ein.',
    'Legen Sie dieses Blatt oben in das Paket. Ohne es finden wir Ihre Bestellung nicht sofort.',
    'Kleben Sie das Versandetikett auf das Paket. Haben Sie keines, schneiden Sie das Feld unten aus.',
  ],
  article: 'Artikel',
  quantity: 'Menge',
  comesBack: 'Zurück',
  reason: 'Grund Nr.',
  reasons: 'Gründe',
  label: 'Feld für das Versandetikett, sonst als Anschrift ausschneiden',
  to: 'An',
  page: (page, pages) => `Seite ${page} von ${pages}`,
};

const en: ReturnSlipTexts = {
  title: 'Return slip',
  boughtFrom: (shop) => `Return to ${shop}`,
  returnNumber: 'Return number',
  orderNumber: 'Your order',
  steps: [
    'Tick what you send back and write down the number of the reason.',
    'Put this sheet on top into the parcel. Without it we cannot find your order at once.',
    'Stick the carrier’s label on the parcel. If you have none, cut out the field below.',
  ],
  article: 'Article',
  quantity: 'Quantity',
  comesBack: 'Back',
  reason: 'Reason no.',
  reasons: 'Reasons',
  label: 'Field for the carrier’s label; else cut it out as the address',
  to: 'To',
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const RETURN_SLIP_TEXTS: Record<Language, ReturnSlipTexts> = { de, en };
