import { sheetOf } from '../../../../shared/csv/sheet.ts';
import type { OpenItemView } from '../../../../shared/protocol/billing/payments-views.ts';

type Language = 'de' | 'en';

const AMOUNTS = [
  ...(['grossMinor', 'creditedMinor', 'allocatedMinor', 'creditUsedMinor', 'writtenOffMinor', 'openMinor'] as const),
];
const TITLES: Record<Language, readonly string[]> = {
  de: [
    ...['Händlernummer', 'Händler', 'Art', 'Nummer', 'Datum', 'Fällig am', 'Tage überfällig', 'Währung'],
    ...['Brutto', 'Korrigiert', 'Bezahlt', 'Guthaben verrechnet', 'Ausgebucht', 'Offen'],
  ],
  en: [
    ...['Merchant number', 'Merchant', 'Kind', 'Number', 'Date', 'Due', 'Days overdue', 'Currency'],
    ...['Gross', 'Credited', 'Paid', 'Credit used', 'Written off', 'Open'],
  ],
};
const KINDS: Record<Language, Record<OpenItemView['kind'], string>> = {
  de: { invoice: 'Rechnung', cancellation: 'Stornorechnung', creditNote: 'Rechnungskorrektur' },
  en: { invoice: 'Invoice', cancellation: 'Cancellation', creditNote: 'Credit note' },
};

/** Open items for a spreadsheet of the reader's language. */
export function openItemsCsv(items: readonly OpenItemView[], language: Language): Buffer {
  const { amount, day, file } = sheetOf(language);
  return file(
    TITLES[language],
    items.map((item) => [
      ...[item.merchantNumber, item.merchantName, KINDS[language][item.kind], item.number],
      ...[day(item.issueDate), day(item.dueDate), String(item.daysOverdue), item.currency],
      ...AMOUNTS.map((column) => amount(item[column])),
    ]),
  );
}
