import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  /** Instead of the introduction when the return was inspected again. */
  correction: string;
  labels: {
    number: string;
    order: string;
    external: string;
    tracking: string;
    kind: string;
    inspectedOn: string;
    quantity: string;
    sku: string;
    reason: string;
    serials: string;
    serialMismatch: string;
    batch: string;
    bestBefore: string;
    disposition: string;
    finding: string;
  };
  items: string;
  /** When nothing was in the parcel. */
  empty: string;
  parcelPhotos: string;
  photos: string;
  morePhotos: string;
  photoOf: string;
  photoOfParcel: string;
  closing: string;
  inPortal: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Retoure {{return.number}} geprüft',
    preheader: 'Befund vom {{return.inspectedOn}}, geprüfte Artikel: {{return.pieces}}',
    heading: 'Ihre Retoure {{return.number}} ist geprüft',
    intro: 'wir haben die Retoure {{return.number}} am {{return.inspectedOn}} geprüft. Unser Befund im Einzelnen:',
    correction:
      'wir haben die Retoure {{return.number}} am {{return.inspectedOn}} erneut geprüft. Dieser Befund ersetzt unseren früheren:',
    labels: {
      number: 'Retoure',
      order: 'Bestellung',
      external: 'RMA-Nummer',
      tracking: 'Sendungsnummer',
      kind: 'Art der Retoure',
      inspectedOn: 'Geprüft am',
      quantity: 'Menge',
      sku: 'Artikelnummer',
      reason: 'Grund',
      serials: 'Seriennummern',
      serialMismatch: 'weicht von der Lieferung ab',
      batch: 'Charge',
      bestBefore: 'Mindestens haltbar bis',
      disposition: 'Verbleib',
      finding: 'Bewertung',
    },
    items: 'Geprüfte Artikel',
    empty: 'In der Sendung war keine Ware.',
    parcelPhotos: 'Fotos der Sendung',
    photos: 'Fotos: {{count}}',
    morePhotos: 'Fotos: {{count}}, davon hier gezeigt: {{shown}}',
    photoOf: 'Foto {{index}}: {{item}}',
    photoOfParcel: 'Foto {{index}} der Sendung',
    closing: 'Artikel, die nicht wieder eingelagert werden, sammeln wir für Ihre nächste Sammelrücksendung.',
    inPortal: 'Retoure im Portal ansehen',
  },
  en: {
    subject: 'Return {{return.number}} inspected',
    preheader: 'Finding of {{return.inspectedOn}}, items inspected: {{return.pieces}}',
    heading: 'Your return {{return.number}} has been inspected',
    intro: 'We inspected return {{return.number}} on {{return.inspectedOn}}. Here is what we found:',
    correction:
      'We inspected return {{return.number}} again on {{return.inspectedOn}}. This finding replaces our earlier one:',
    labels: {
      number: 'Return',
      order: 'Order',
      external: 'RMA number',
      tracking: 'Tracking number',
      kind: 'Kind of return',
      inspectedOn: 'Inspected on',
      quantity: 'Quantity',
      sku: 'SKU',
      reason: 'Reason',
      serials: 'Serial numbers',
      serialMismatch: 'differs from what was shipped',
      batch: 'Batch number',
      bestBefore: 'Best before',
      disposition: 'What happens next',
      finding: 'Grade',
    },
    items: 'Items inspected',
    empty: 'There were no goods in the parcel.',
    parcelPhotos: 'Photos of the parcel',
    photos: 'Photos: {{count}}',
    morePhotos: 'Photos: {{count}}, shown here: {{shown}}',
    photoOf: 'Photo {{index}}: {{item}}',
    photoOfParcel: 'Photo {{index}} of the parcel',
    closing: 'Items that do not go back into stock are collected for your next batch.',
    inPortal: 'See the return in the portal',
  },
};
