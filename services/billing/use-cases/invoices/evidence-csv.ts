import { sheetOf } from '../../../../shared/csv/sheet.ts';
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
/** Every charge behind the lines of an invoice as programs read it; `shareMinor` adds up to each line. */
export const evidenceCsv = (evidence: readonly EvidenceRow[]): Buffer =>
  csvTable(
    COLUMNS,
    withShares(evidence).map((row) => ({ ...row, late: row.late ? 'yes' : 'no' })),
  );

/** The same for a spreadsheet of the reader's language. */
export function evidenceSheet(evidence: readonly EvidenceRow[], language: Language): Buffer {
  const { amount, day, decimal, file, yesNo } = sheetOf(language);
  const sections: Record<string, string> = INVOICE_WORDS[language].sections;
  const kindOf = (type: string) => findChargeType(type)?.label[language] ?? COMPUTED[language][type] ?? type;
  return file(
    TITLES[language],
    withShares(evidence).map((row) => [
      ...[String(row.position), sections[row.section] ?? row.section, row.label],
      ...[day(row.serviceDate), row.reference, kindOf(row.chargeType)],
      ...[decimal(row.quantity), unitOf(row.unit, row.quantity, language)],
      ...[decimal(row.unitPrice), decimal(row.baseQuantity), amount(row.shareMinor)],
      ...[yesNo(row.late), row.chargeId ?? ''],
    ]),
  );
}

/** What of its line falls to each charge, in minor units that add up to it. */
const withShares = (evidence: readonly EvidenceRow[]): SharedRow[] =>
  [...Map.groupBy(evidence, ({ position }) => position).values()].flatMap((ofLine) => {
    const { lineNetMinor, lineQuantity } = ofLine[0]!;
    const quantities = ofLine.map(({ quantity }) => quantity);
    const shares = ofLine[0]!.chargeId === null ? [lineNetMinor] : sharesMinor(lineNetMinor, quantities, lineQuantity);
    return ofLine.map((row, index) => ({ ...row, shareMinor: shares[index]! }));
  });
