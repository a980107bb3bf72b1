/** What a file of announced deliveries can say. */
export const FIELDS = [
  'reference',
  'expectedOn',
  'expectedPallets',
  'expectedCartons',
  'note',
  'sku',
  'name',
  'quantity',
] as const;
export type Field = (typeof FIELDS)[number];

/** Without these there is nothing to announce. */
export const REQUIRED = ['reference', 'expectedOn', 'sku', 'quantity'] as const satisfies readonly Field[];

/** How merchants head the columns, in letters and figures only. */
const NAMES: Record<Field, readonly string[]> = {
  reference: [
    ...['reference', 'delivery', 'deliverynote', 'deliverynumber', 'purchaseorder', 'container'],
    ...[
      'lieferschein',
      'lieferscheinnummer',
      'lieferscheinnr',
      'lieferung',
      'bestellung',
      'bestellnummer',
      'bestellnr',
    ],
  ],
  expectedOn: [
    ...['expectedon', 'expected', 'arrival', 'eta', 'date'],
    ...['erwartetam', 'erwartet', 'kommtam', 'ankunft', 'liefertermin', 'anlieferung', 'datum'],
  ],
  expectedPallets: ['expectedpallets', 'pallets', 'paletten', 'palettenzahl'],
  expectedCartons: ['expectedcartons', 'cartons', 'kartons', 'pakete'],
  note: ['note', 'comment', 'hinweis', 'bemerkung', 'notiz', 'kommentar'],
  sku: ['sku', 'article', 'articlenumber', 'articleno', 'itemnumber', 'artikelnummer', 'artikelnr', 'artikel'],
  name: ['name', 'articlename', 'description', 'bezeichnung', 'artikelname', 'artikelbezeichnung'],
  quantity: ['quantity', 'qty', 'pieces', 'menge', 'anzahl', 'stuck', 'stueck', 'stuckzahl', 'stueckzahl'],
};

/** A word without case, accents, blanks and signs, as words of different spreadsheets are compared. */
const plain = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]/g, '');

/** The field a column is about; `undefined` for one that means nothing here. */
export const fieldOf = (heading: string): Field | undefined =>
  FIELDS.find((field) => NAMES[field].includes(plain(heading)));
