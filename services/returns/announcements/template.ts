import { FIELDS, type Field } from '../domain/announcement-columns.ts';

type Language = 'de' | 'en';

const HEADS: Record<Language, Record<Field, string>> = {
  de: {
    rma: 'RMA-Nummer',
    order: 'Auftrag',
    kind: 'Art',
    sku: 'Artikelnummer',
    name: 'Bezeichnung',
    quantity: 'Menge',
    reason: 'Grund',
    carrier: 'Versanddienst',
    tracking: 'Sendungsnummer',
    note: 'Bemerkung',
  },
  en: Object.fromEntries(FIELDS.map((field) => [field, field])) as Record<Field, string>,
};

const EXAMPLES: Record<Language, Record<Field, string>[]> = {
  de: [
    example('RMA-1001', 'Widerruf', 'TG-4100', 'Teekanne 1,2 l', '1', 'Gefällt nicht', ''),
    example('RMA-1001', '', 'TG-4101', 'Müslischale 14 cm', '2', 'Zu groß', ''),
    example('RMA-1002', 'Reklamation', 'TG-4102', 'Vorratsdose', '1', 'Defekt', 'Deckel schließt nicht'),
  ],
  en: [
    example('RMA-1001', 'withdrawal', 'TG-4100', 'Teapot 1.2 l', '1', 'Not what I wanted', ''),
    example('RMA-1001', '', 'TG-4101', 'Cereal bowl 14 cm', '2', 'Too large', ''),
    example('RMA-1002', 'complaint', 'TG-4102', 'Storage jar', '1', 'Defective', 'The lid does not close'),
  ],
};

/** An example of the file with a byte order mark, so that spreadsheets take it for what it is; German ones expect `;`. */
export function announcementTemplate(language: Language): Buffer {
  const lines = [HEADS[language], ...EXAMPLES[language]].map((row) =>
    FIELDS.map((field) => cell(row[field])).join(language === 'de' ? ';' : ','),
  );
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

const cell = (value: string): string => (/[;,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

function example(
  rma: string,
  kind: string,
  sku: string,
  name: string,
  quantity: string,
  reason: string,
  note: string,
): Record<Field, string> {
  return { rma, order: '', kind, sku, name, quantity, reason, carrier: '', tracking: '', note };
}
