import { sheetOf } from '../../../../shared/csv/sheet.ts';
import { unitOf } from '../../domain/invoices/invoice-units.ts';
import type { StorageEvidence } from '../../persistence/storage-evidence.ts';
import type { CountedEvidence } from './counted-evidence.ts';

type Language = 'de' | 'en';

const TITLES: Record<Language, readonly string[]> = {
  de: [
    ...['Tag', 'Lager', 'Fach', 'Artikelnummer', 'Lagerart', 'Stück', 'Volumen in m³', 'Herkunft', 'Nachgebildet'],
    ...['Nachgebildet aus dem Bestand vom', 'Seitdem bewegte Stücke', 'Erfassung'],
  ],
  en: [
    ...['Day', 'Warehouse', 'Bin', 'SKU', 'Kind of storage', 'Pieces', 'Volume in m³', 'Source', 'Rebuilt'],
    ...['Rebuilt from the stock of', 'Pieces moved since', 'Record'],
  ],
};
/** Of what counted for a line. */
const COUNTED: Record<Language, readonly string[]> = {
  de: [
    ...['Gezählt', 'Einheit', 'Lagerdauer mehr als (Tage)', 'Lagerdauer bis (Tage)', 'Gewicht', 'Gewicht von'],
    ...['Menge der Position', 'Posten'],
  ],
  en: [
    ...['Counted', 'Unit', 'Stored for more than (days)', 'Stored for up to (days)', 'Weight', 'Weight of'],
    ...['Quantity of the line', 'Charge'],
  ],
};
const PLACES: Record<Language, Record<string, string>> = {
  de: { bin: 'Fach', pallet: 'Palette', floor: 'Bodenfläche' },
  en: { bin: 'Bin', pallet: 'Pallet', floor: 'Floor' },
};
const SOURCES: Record<Language, Record<string, string>> = {
  de: {
    ...{ api: 'Schnittstelle', csv: 'CSV-Datei', ledger: 'Lagerbewegungen', reconstructed: 'Nachgebildet' },
    connector: 'Anbindung',
  },
  en: {
    ...{ api: 'API', csv: 'CSV file', ledger: 'Stock movements', reconstructed: 'Rebuilt', connector: 'Connector' },
  },
};

/** What was recorded in storage, for a spreadsheet of the reader's language. */
export const storageSheet = (found: readonly StorageEvidence[], language: Language): Buffer =>
  sheetOf(language).file(
    TITLES[language],
    found.map((row) => recorded(row, language)),
  );

/** The same behind a line of an invoice, with what of it counted. */
export function countedSheet(found: readonly CountedEvidence[], language: Language): Buffer {
  const { decimal, file } = sheetOf(language);
  return file(
    [...TITLES[language], ...COUNTED[language]],
    found.map((row) => [
      ...recorded(row, language),
      ...[decimal(row.counted), unitOf(row.unit, row.counted ?? '0', language)],
      ...[decimal(row.ageDaysOver), decimal(row.ageDaysUpTo), decimal(row.weight), decimal(row.weightOf)],
      ...[decimal(row.lineQuantity), row.chargeId],
    ]),
  );
}

function recorded(row: StorageEvidence, language: Language): string[] {
  const { decimal, day, yesNo } = sheetOf(language);
  const place = row.storageType ?? '';
  return [
    ...[day(row.day), row.warehouse, row.bin ?? '', row.sku ?? '', PLACES[language][place] ?? place],
    ...[decimal(row.quantity), decimal(row.volumeM3), SOURCES[language][row.source] ?? row.source],
    ...[yesNo(row.source === 'reconstructed'), day(row.rebuiltFromDay), decimal(row.movedPieces), row.snapshotId],
  ];
}
