import type { Language } from '../../../shared/documents/formats.ts';
import type { PackedPiece } from './packing-list-model.ts';

export interface PackingListTexts {
  title: string;
  intro: string;
  batchNumber: string;
  closedOn: string;
  merchantNumber: string;
  dispatchedOn: string;
  carrier: string;
  tracking: string;
  parcels: string;
  weight: string;
  columns: {
    position: string;
    photo: string;
    article: string;
    finding: string;
    quantity: string;
  };
  continued: string;
  noPhoto: string;
  photos(count: number): string;
  serials: string;
  lot: string;
  order(number: string): string;
  grades: Record<PackedPiece['grade'], string>;
  foreign: string;
  total: string;
  entries(count: number): string;
  pieces(count: string): string;
  packed: string;
  received: string;
  dateAndName: string;
  signature: string;
  deviations: string;
  phone: string;
  page(page: number, pages: number): string;
}

const de: PackingListTexts = {
  title: 'Packliste zur Sammelrücksendung',
  intro: 'Diese Sammelrücksendung enthält zurückgenommene Ware, die nicht wieder in den Verkauf gelangt ist.',
  batchNumber: 'Sammelrücksendung',
  closedOn: 'Abgeschlossen am',
  merchantNumber: 'Kundennummer',
  dispatchedOn: 'Versandt am',
  carrier: 'Versand mit',
  tracking: 'Sendungsnummer',
  parcels: 'Packstücke',
  weight: 'Gewicht',
  columns: {
    position: 'Pos.',
    photo: 'Foto',
    article: 'Artikel',
    finding: 'Zustand und Befund',
    quantity: 'Menge',
  },
  continued: '(Fortsetzung)',
  noPhoto: 'ohne Foto',
  photos: (count) => `${count} Fotos im Portal`,
  serials: 'SN',
  lot: 'Charge',
  order: (number) => `Auftrag ${number}`,
  grades: { A: 'Wie neu', B: 'Leicht gebraucht', C: 'Stark gebraucht', D: 'Defekt' },
  foreign: 'Ware, die nicht Ihnen gehört',
  total: 'Gesamt',
  entries: (count) => `${count} ${count === 1 ? 'Position' : 'Positionen'}`,
  pieces: (count) => `${count} Stück`,
  packed: 'Gepackt (Lager)',
  received: 'Empfangen (Händler)',
  dateAndName: 'Datum, Name',
  signature: 'Unterschrift',
  deviations: 'Abweichungen',
  phone: 'Telefon',
  page: (page, pages) => `Seite ${page} von ${pages}`,
};

const en: PackingListTexts = {
  title: 'Packing list, return to merchant',
  intro: 'This consignment contains returned goods that were not put back on sale.',
  batchNumber: 'Return batch',
  closedOn: 'Closed on',
  merchantNumber: 'Customer no.',
  dispatchedOn: 'Dispatched on',
  carrier: 'Carrier',
  tracking: 'Tracking no.',
  parcels: 'Parcels',
  weight: 'Weight',
  columns: {
    position: 'Item',
    photo: 'Photo',
    article: 'Article',
    finding: 'Grade and finding',
    quantity: 'Quantity',
  },
  continued: '(continued)',
  noPhoto: 'no photo',
  photos: (count) => `${count} photos in the portal`,
  serials: 'SN',
  lot: 'Lot',
  order: (number) => `Order ${number}`,
  grades: { A: 'Like new', B: 'Lightly used', C: 'Heavily used', D: 'Defective' },
  foreign: 'Goods that are not yours',
  total: 'Total',
  entries: (count) => `${count} ${count === 1 ? 'item' : 'items'}`,
  pieces: (count) => `${count} ${count === '1' ? 'piece' : 'pieces'}`,
  packed: 'Packed (warehouse)',
  received: 'Received (merchant)',
  dateAndName: 'Date, name',
  signature: 'Signature',
  deviations: 'Deviations',
  phone: 'Phone',
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const PACKING_LIST_TEXTS: Record<Language, PackingListTexts> = { de, en };
