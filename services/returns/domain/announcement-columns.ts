/** What a file of announced returns can say. */
export const FIELDS = [
  'rma',
  'order',
  'kind',
  'sku',
  'name',
  'quantity',
  'reason',
  'carrier',
  'tracking',
  'note',
] as const;
export type Field = (typeof FIELDS)[number];

/** How merchants head the columns, in letters and figures only; the first of each is the template's in English. */
const NAMES: Record<Field, readonly string[]> = {
  rma: ['rma', 'rmanumber', 'rmano', 'rmanummer', 'rmanr', 'retourennummer', 'retourennr', 'retoure', 'returnnumber'],
  order: [
    'order',
    'ordernumber',
    'orderno',
    'auftrag',
    'auftragsnummer',
    'auftragsnr',
    'bestellung',
    'bestellnummer',
    'bestellnr',
  ],
  kind: ['kind', 'returnkind', 'type', 'art', 'retourenart'],
  sku: ['sku', 'article', 'articlenumber', 'articleno', 'itemnumber', 'artikelnummer', 'artikelnr', 'artikel'],
  name: ['name', 'articlename', 'description', 'bezeichnung', 'artikelname', 'artikelbezeichnung'],
  quantity: ['quantity', 'qty', 'pieces', 'menge', 'anzahl', 'stuck', 'stueck'],
  reason: ['reason', 'returnreason', 'grund', 'retourengrund', 'ruckgabegrund', 'rueckgabegrund'],
  carrier: ['carrier', 'versanddienst', 'versanddienstleister', 'paketdienst', 'versand'],
  tracking: ['tracking', 'trackingnumber', 'trackingno', 'sendungsnummer', 'paketnummer'],
  note: ['note', 'comment', 'bemerkung', 'notiz', 'hinweis', 'kommentar'],
};

type Kind = 'withdrawal' | 'complaint' | 'exchange';

const KINDS: Record<Kind, readonly string[]> = {
  withdrawal: ['withdrawal', 'widerruf', 'retoure'],
  complaint: ['complaint', 'warranty', 'reklamation', 'gewahrleistung', 'gewaehrleistung', 'garantie'],
  exchange: ['exchange', 'umtausch'],
};

/** A kind of return as a merchant writes it; an undeliverable parcel is nothing that anybody announces. */
export const kindOf = (word: string): Kind | undefined =>
  (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].includes(plain(word)));

/** A word without case, accents, blanks and signs, as words of different spreadsheets are compared. */
export const plain = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]/g, '');

/** The field a column is about; `undefined` for one that means nothing here. */
export const fieldOf = (heading: string): Field | undefined =>
  FIELDS.find((field) => NAMES[field].includes(plain(heading)));
