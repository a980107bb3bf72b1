import type { SurchargeKind } from '../../../shared/protocol/orders/carrier-invoices.ts';

/** What a carrier's file can say. */
export const FIELDS = [
  'carrier',
  'number',
  'invoicedOn',
  'line',
  'trackingNumber',
  'kind',
  'amount',
  'currency',
  'text',
] as const;
export type Field = (typeof FIELDS)[number];

/** How carriers and houses head the columns, in letters and figures only. */
const NAMES: Record<Field, readonly string[]> = {
  carrier: [
    'carrier',
    'versanddienst',
    'versanddienstleister',
    'paketdienst',
    'spediteur',
    'frachtfuhrer',
    'frachtfuehrer',
  ],
  number: [
    'number',
    'invoice',
    'invoicenumber',
    'invoiceno',
    'rechnung',
    'rechnungsnummer',
    'rechnungsnr',
    'belegnummer',
    'belegnr',
  ],
  invoicedOn: ['invoicedon', 'date', 'invoicedate', 'rechnungsdatum', 'datum', 'belegdatum'],
  line: ['line', 'lineno', 'linenumber', 'position', 'pos', 'positionsnummer', 'posnr', 'zeile'],
  trackingNumber: [
    ...['trackingnumber', 'trackingno', 'tracking', 'shipmentnumber', 'parcelnumber'],
    ...['sendungsnummer', 'sendungsnr', 'paketnummer', 'paketnr', 'paketscheinnummer', 'identcode'],
  ],
  kind: ['kind', 'surcharge', 'type', 'art', 'zuschlag', 'zuschlagsart', 'leistung', 'leistungsart'],
  amount: ['amount', 'netamount', 'net', 'price', 'betrag', 'betragnetto', 'nettobetrag', 'netto', 'preis'],
  currency: ['currency', 'wahrung', 'waehrung'],
  text: ['text', 'description', 'note', 'beschreibung', 'bezeichnung', 'bemerkung', 'hinweis'],
};

const KINDS: Record<SurchargeKind, readonly string[]> = {
  oversize: ['oversize', 'bulky', 'ubergrosse', 'uebergroesse', 'sperrgut', 'sperrig', 'ubermass', 'uebermass'],
  toll: ['toll', 'maut', 'mautzuschlag'],
  energy: [
    'energy',
    'fuel',
    'energie',
    'energiezuschlag',
    'treibstoff',
    'treibstoffzuschlag',
    'diesel',
    'dieselzuschlag',
  ],
  remote_area: [
    'remotearea',
    'remote',
    'island',
    'insel',
    'inselzuschlag',
    'abgelegen',
    'abgelegenesgebiet',
    'bergzuschlag',
  ],
  weight_correction: [
    'weightcorrection',
    'weight',
    'gewichtskorrektur',
    'gewicht',
    'nachverwiegung',
    'ubergewicht',
    'uebergewicht',
  ],
  address_correction: ['addresscorrection', 'address', 'adresskorrektur', 'adressanderung', 'adressaenderung'],
  other: ['other', 'sonstiges', 'sonstige', 'andere', ''],
};

/** A word without case, accents, blanks and signs, as words of different files are compared. */
const plain = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]/g, '');

/** The field a column is about; `undefined` for one that means nothing here. */
export const fieldOf = (heading: string): Field | undefined =>
  FIELDS.find((field) => NAMES[field].includes(plain(heading)));

/** A kind of surcharge as carriers write it; `undefined` for a word that could be any. */
export const kindOf = (word: string): SurchargeKind | undefined =>
  (Object.keys(KINDS) as SurchargeKind[]).find((kind) => KINDS[kind].includes(plain(word)));
