import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  labels: {
    number: string;
    dispatchedOn: string;
    carrier: string;
    tracking: string;
    parcels: string;
    weight: string;
    pieces: string;
  };
  links: { tracking: string; packingList: string };
  items: string;
  columns: { return: string; article: string; grade: string; quantity: string };
  closing: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Sammelrücksendung {{batch.number}} ist unterwegs zu Ihnen',
    preheader: '{{batch.carrier}}, Sendungsnummer {{batch.trackingNumber}}',
    heading: 'Ihre Sammelrücksendung {{batch.number}} ist unterwegs',
    intro:
      'wir haben Ihnen am {{batch.dispatchedOn}} die Artikel zurückgesandt, die nicht wieder eingelagert werden konnten. Die Packliste liegt bei.',
    labels: {
      number: 'Sammelrücksendung',
      dispatchedOn: 'Versandt am',
      carrier: 'Versand mit',
      tracking: 'Sendungsnummer',
      parcels: 'Pakete',
      weight: 'Gewicht',
      pieces: 'Stück',
    },
    links: { tracking: 'Sendung verfolgen', packingList: 'Packliste und Fotos im Portal' },
    items: 'Inhalt',
    columns: { return: 'Retoure', article: 'Artikel', grade: 'Zustand', quantity: 'Menge' },
    closing:
      'Fehlt etwas oder ist etwas beschädigt? Bitte melden Sie es uns gleich nach dem Eintreffen, am einfachsten im Portal.',
  },
  en: {
    subject: 'Batch {{batch.number}} is on its way to you',
    preheader: '{{batch.carrier}}, tracking number {{batch.trackingNumber}}',
    heading: 'Your batch {{batch.number}} is on its way',
    intro:
      'On {{batch.dispatchedOn}} we sent you the items that could not go back into stock. The packing list is in the parcel.',
    labels: {
      number: 'Batch',
      dispatchedOn: 'Dispatched on',
      carrier: 'Carrier',
      tracking: 'Tracking number',
      parcels: 'Parcels',
      weight: 'Weight',
      pieces: 'Pieces',
    },
    links: { tracking: 'Follow the parcels', packingList: 'Packing list and photos in the portal' },
    items: 'Contents',
    columns: { return: 'Return', article: 'Item', grade: 'Grade', quantity: 'Qty' },
    closing: 'Is anything missing or damaged? Please tell us as soon as the batch arrives, most easily in the portal.',
  },
};
