import { amountCell } from '../../../../shared/csv/amount-cell.ts';
import { csvLine } from '../../../../shared/csv/safe-cell.ts';
import { csvTable } from '../../../../shared/csv/write-table.ts';
import { findChargeType } from '../../domain/charge-types/index.ts';
import { sharesMinor } from '../../domain/invoices/line-shares.ts';
import { unitOf } from '../../domain/invoices/invoice-units.ts';
import { INVOICE_WORDS } from '../../domain/invoices/invoice-words.ts';
import type { EvidenceRow } from '../../persistence/runs/invoice-views.ts';

type Language = 'de' | 'en';
type SharedRow = EvidenceRow & { shareMinor: number };

const COLUMNS = [
  ...['position', 'section', 'label', 'serviceDate', 'reference', 'chargeType', 'quantity', 'unit', 'unitPrice'],
  ...['shareMinor', 'late', 'chargeId', 'baseQuantity'],
];
const TITLES: Record<Language, readonly string[]> = {
  de: [
    ...['Position', 'Bereich', 'Leistung', 'Leistungstag', 'Vorgang', 'Art', 'Menge', 'Einheit', 'Einzelpreis'],
    ...['Preis gilt für', 'Netto', 'Nachberechnet', 'Posten'],
  ],
  en: [
    ...['Line', 'Section', 'Service', 'Day of service', 'Reference', 'Kind', 'Quantity', 'Unit', 'Unit price'],
    ...['Price is for', 'Net', 'Billed late', 'Charge'],
  ],
};
/** Lines that no charge stands behind. */
const COMPUTED: Record<Language, Record<string, string>> = {
  de: { surcharge: 'Zuschlag', discount: 'Rabatt', minimum: 'Mindestumsatz' },
  en: { surcharge: 'Surcharge', discount: 'Discount', minimum: 'Minimum' },
};
const YES: Record<Language, string> = { de: 'ja', en: 'yes' };
const NO: Record<Language, string> = { de: 'nein', en: 'no' };

/** Every charge behind the lines of an invoice as programs read it; `shareMinor` adds up to each line. */
export const evidenceCsv = (evidence: readonly EvidenceRow[]): Buffer =>
  csvTable(
    COLUMNS,
    withShares(evidence).map((row) => ({ ...row, late: row.late ? 'yes' : 'no' })),
  );

/** The same for a spreadsheet of the reader's language, as {@link openItemsCsv} writes it. */
export function evidenceSheet(evidence: readonly EvidenceRow[], language: Language): Buffer {
  const [delimiter, point] = language === 'de' ? ([';', ','] as const) : ([',', '.'] as const);
  const numberOf = (decimal: string) => decimal.replace('.', point);
  const dayOf = (day: string) => (language === 'de' ? day.split('-').reverse().join('.') : day);
  const sections: Record<string, string> = INVOICE_WORDS[language].sections;
  const kindOf = (type: string) => findChargeType(type)?.label[language] ?? COMPUTED[language][type] ?? type;
  const lines = withShares(evidence).map((row) => [
    ...[String(row.position), sections[row.section] ?? row.section, row.label],
    ...[row.serviceDate ? dayOf(row.serviceDate) : '', row.reference, kindOf(row.chargeType)],
    ...[numberOf(row.quantity), unitOf(row.unit, row.quantity, language)],
    ...[numberOf(row.unitPrice), numberOf(row.baseQuantity), amountCell(row.shareMinor, point)],
    ...[(row.late ? YES : NO)[language], row.chargeId ?? ''],
  ]);
  return Buffer.from(`\ufeff${[TITLES[language], ...lines].map((cells) => csvLine(cells, delimiter)).join('')}`);
}

/** What of its line falls to each charge, in minor units that add up to it. */
const withShares = (evidence: readonly EvidenceRow[]): SharedRow[] =>
  [...Map.groupBy(evidence, ({ position }) => position).values()].flatMap((ofLine) => {
    const { lineNetMinor, lineQuantity } = ofLine[0]!;
    const quantities = ofLine.map(({ quantity }) => quantity);
    const shares = ofLine[0]!.chargeId === null ? [lineNetMinor] : sharesMinor(lineNetMinor, quantities, lineQuantity);
    return ofLine.map((row, index) => ({ ...row, shareMinor: shares[index]! }));
  });
