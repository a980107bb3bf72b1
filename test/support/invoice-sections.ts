import type { SampleLine, SampleSection } from './invoice-samples.ts';

const october = { from: '2026-10-01', to: '2026-10-31' };
const secondHalf = { from: '2026-10-16', to: '2026-10-31' };

export const oneLine: SampleSection[] = [
  {
    key: 'software',
    title: 'Software',
    servicePeriod: october,
    lines: [{ description: 'Grundgebühr Kundenportal', quantity: '1', unit: 'Monat', unitPrice: '49' }],
  },
];

/** Five sections, forty lines, with tiers, late charges, storage per day and a negative line. */
export const fiveSections: SampleSection[] = [
  {
    key: 'fulfilment',
    title: 'Fulfilment',
    servicePeriod: secondHalf,
    lines: [
      {
        description: 'Auftragspauschale',
        detail: 'Staffel 1–100',
        quantity: '100',
        unit: 'Auftrag',
        unitPrice: '1.95',
      },
      {
        description: 'Auftragspauschale',
        detail: 'Staffel 101–500',
        quantity: '312',
        unit: 'Auftrag',
        unitPrice: '1.65',
      },
      {
        description: 'Auftragspauschale',
        detail: 'Nachberechnung, Leistung vom 14.10.2026',
        quantity: '3',
        unit: 'Auftrag',
        unitPrice: '1.65',
      },
      { description: 'Pick je weiterem Artikel', quantity: '1287', unit: 'Pick', unitPrice: '0.285' },
      ...Array.from({ length: 14 }, (_, index) => ({
        description: `Versandkarton ${200 + index * 50} × 150 × 100 mm, Wellpappe, inklusive Füllmaterial`,
        quantity: String(17 + index * 13),
        unit: 'Stück',
        unitPrice: `0.${41 + index * 3}`,
      })),
      { description: 'DHL Paket bis 5 kg, Deutschland', quantity: '287', unit: 'Sendung', unitPrice: '4.19' },
      { description: 'DHL Paket bis 10 kg, Österreich', quantity: '42', unit: 'Sendung', unitPrice: '9.9' },
      { description: 'Maut- und Energiezuschlag', quantity: '329', unit: 'Sendung', unitPrice: '0.194725' },
    ],
  },
  {
    key: 'storage',
    title: 'Lagerung',
    servicePeriod: october,
    lines: [
      {
        description: 'Palettenstellplatz',
        detail: '31 Tage, höchster Bestand 24 Paletten',
        quantity: '698',
        unit: 'Palettentag',
        unitPrice: '8.9',
        baseQuantity: '31',
      },
      { description: 'Fachbodenlager', quantity: '44', unit: 'm³-Tag', unitPrice: '30', baseQuantity: '31' },
      { description: 'Gefahrgutlager', quantity: '12.5', unit: 'm³-Tag', unitPrice: '61.5', baseQuantity: '31' },
    ],
  },
  { ...oneLine[0]!, lines: [...oneLine[0]!.lines, extra('Schnittstelle Shopsystem', '2', 'Shop', '15')] },
  {
    key: 'returns',
    title: 'Retouren',
    servicePeriod: october,
    lines: [
      extra('Retourenannahme', '61', 'Retoure', '1.9'),
      extra('Prüfung und Bewertung', '74', 'Stück', '0.95'),
      extra('Fotodokumentation', '22', 'Foto', '0.35'),
      extra('Packliste Rücksendung an Händler', '1', 'Sendung', '12.5'),
      extra('Fracht Rücksendung an Händler', '2', 'Paket', '6.79'),
      { ...extra('Korrektur Prüfung Retoure RET-88123', '-4', 'Stück', '0.95'), detail: 'Prüfung wurde wiederholt' },
    ],
  },
  {
    key: 'specialJobs',
    title: 'Sonderaufträge',
    servicePeriod: october,
    lines: [
      extra('Umetikettierung Aktionsware „Herbst & Winter“', '640', 'Stück', '0.12'),
      extra('Inventur Lagerbereich B', '6.25', 'Stunde', '38'),
      ...Array.from({ length: 6 }, (_, index) =>
        extra(`Set-Bildung Geschenkbox ${index + 1}`, String(40 + index), 'Set', '1.1'),
      ),
    ],
  },
];

/** Five hundred lines with names long enough to wrap now and then. */
export const fiveHundredLines: SampleSection[] = [
  {
    key: 'fulfilment',
    title: 'Fulfilment',
    lines: Array.from({ length: 500 }, (_, index) =>
      extra(
        index % 7 === 0
          ? `Sonderverpackung für Artikel ${index} mit Polsterung, Kantenschutz, Seidenpapier und handgeschriebener Grußkarte`
          : `Sonderverpackung für Artikel ${index}`,
        String(index + 1),
        'Stück',
        '0.37',
      ),
    ),
  },
];

function extra(description: string, quantity: string, unit: string, unitPrice: string): SampleLine {
  return { description, quantity, unit, unitPrice };
}
