import { mappingProfile, type MappingProfile } from '../../../services/sync/domain/mapping-profile.ts';

/** A German shop's export: one column per field, merchant in a column. */
export const germanProfile = {
  name: 'laden',
  channel: 'laden',
  currency: 'EUR',
  delimiter: ';',
  columns: {
    document: 'Beleg',
    articleCode: 'Artikel',
    articleName: 'Bezeichnung',
    quantity: 'Menge',
    unitPrice: 'Preis',
    timestamp: 'Zeit',
    customer: 'Kunde',
    country: 'Land',
  },
  merchant: { from: 'column', column: 'Mandant' },
  time: { format: 'DD.MM.YYYY HH:mm', zone: 'Europe/Berlin' },
  numbers: { decimal: ',', group: '.' },
  valueMaps: { country: { Deutschland: 'DE', Österreich: 'AT' } },
  constants: { weightGrams: 800, carrier: 'DHL' },
  documents: { order: '^\\d+$', returnPrefix: 'R' },
};

export const GERMAN_HEADER = ['Mandant', 'Beleg', 'Artikel', 'Bezeichnung', 'Menge', 'Preis', 'Zeit', 'Kunde', 'Land'];

export const profileWith = (changes: Record<string, unknown> = {}): MappingProfile =>
  mappingProfile.parse({ ...germanProfile, ...changes });

/** Cells of a good row with some of them replaced. */
export function cells(changes: Partial<Record<string, string>> = {}): string[] {
  const good: Record<string, string> = {
    Mandant: '100',
    Beleg: '1',
    Artikel: 'a-1',
    Bezeichnung: 'Tasse',
    Menge: '2',
    Preis: '1.234,50',
    Zeit: '15.06.2026 10:00',
    Kunde: 'K7',
    Land: 'Deutschland',
  };
  return GERMAN_HEADER.map((column) => changes[column] ?? good[column]!);
}
