import { amountCell } from '../../../../shared/csv/amount-cell.ts';
import { csvLine } from '../../../../shared/csv/safe-cell.ts';
import type { OpenItemView } from '../../../../shared/protocol/billing/payments-views.ts';

type Language = 'de' | 'en';

const AMOUNTS = [
  ...(['grossMinor', 'creditedMinor', 'allocatedMinor', 'creditUsedMinor', 'writtenOffMinor', 'openMinor'] as const),
];
const TITLES: Record<Language, readonly string[]> = {
  de: [
    ...['Händlernummer', 'Händler', 'Art', 'Nummer', 'Datum', 'Fällig am', 'Tage überfällig', 'Währung'],
    ...['Brutto', 'Gutgeschrieben', 'Bezahlt', 'Guthaben verrechnet', 'Ausgebucht', 'Offen'],
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

/**
 * Open items for a spreadsheet of the reader's language: German ones want semicolons, decimal commas and days with dots,
 * and would make dates of amounts with a point; English ones the other way round.
 */
export function openItemsCsv(items: readonly OpenItemView[], language: Language): Buffer {
  const [delimiter, point] = language === 'de' ? ([';', ','] as const) : ([',', '.'] as const);
  const dayOf = (day: string) => (language === 'de' ? day.split('-').reverse().join('.') : day);
  const lines = items.map((item) => [
    ...[item.merchantNumber, item.merchantName, KINDS[language][item.kind], item.number],
    ...[dayOf(item.issueDate), dayOf(item.dueDate), String(item.daysOverdue), item.currency],
    ...AMOUNTS.map((amount) => amountCell(item[amount], point)),
  ]);
  return Buffer.from(`\ufeff${[TITLES[language], ...lines].map((cells) => csvLine(cells, delimiter)).join('')}`);
}
