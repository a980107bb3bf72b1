import { describe, expect, test } from '@jest/globals';
import {
  invoiceContent,
  type ContentLine,
  type ContentSource,
} from '../../../services/billing/domain/invoices/invoice-content.ts';
import { baseUnitOf, unitOf } from '../../../services/billing/domain/invoices/invoice-units.ts';
import { addressLinesOf } from '../../../shared/kernel/address-lines.ts';
import { issuerProfile } from '../../../shared/protocol/billing/issuer.ts';
import { merchant } from '../../support/billing-events.ts';

test.each([
  ['order', '171', 'Aufträge', 'orders'],
  ['return', '1', 'Retoure', 'return'],
  ['return', '-1', 'Retoure', 'return'],
  ['return', '10', 'Retouren', 'returns'],
  ['bin_day', '895', 'Fachtage', 'bin days'],
  ['parcel', '7', 'Pakete', 'parcels'],
  ['piece', '3', 'Stück', 'pieces'],
  ['month', '1', 'Monat', 'month'],
  ['minute', '95', 'Min.', 'min'],
  ['hour', '0.5', 'Stunden', 'hours'],
  ['hour', '1.000000', 'Stunde', 'hour'],
  ['Set', '2', 'Set', 'Set'],
])('%s, %s of them: %s, %s', (unit, quantity, german, english) => {
  expect([unitOf(unit, quantity, 'de'), unitOf(unit, quantity, 'en')]).toEqual([german, english]);
});

test.each([
  ['bin_day', '31', 'Tage', 'days'],
  ['minute', '60', 'Min.', 'min'],
  ['piece', '100', 'Stück', 'pieces'],
])('a price of %s is for %s %s, %s', (unit, quantity, german, english) => {
  expect([baseUnitOf(unit, quantity, 'de'), baseUnitOf(unit, quantity, 'en')]).toEqual([german, english]);
});

describe('an address on paper', () => {
  const at = { street: '10 High Street', postalCode: 'LS1 4AP', city: 'Leeds' };
  test.each([
    ['DE', ['10 High Street', 'LS1 4AP Leeds']],
    ['FR', ['10 High Street', 'LS1 4AP Leeds', 'FRANKREICH']],
    ['GB', ['10 High Street', 'Leeds', 'LS1 4AP', 'VEREINIGTES KÖNIGREICH']],
    ['IE', ['10 High Street', 'Leeds', 'LS1 4AP', 'IRLAND']],
  ])('in %s', (country, lines) => expect(addressLinesOf({ ...at, country })).toEqual(lines));

  test('has at most the five lines a document holds', () =>
    expect(addressLinesOf({ ...at, extra: 'Unit 4', country: 'GB' })).toHaveLength(5));
});

const line: ContentLine = {
  ...{ position: 1, section: 'specialJobs', label: 'Sonderaufträge', unit: 'minute', serviceMonth: '2026-10' },
  ...{ quantity: '95', unitPrice: '42', baseQuantity: '60', tierFrom: null, tierTo: null, netMinor: 6650 },
  ...{ vatCategory: 'S', vatRateBasisPoints: 1900, lateQuantity: '0', lateFrom: null, lateTo: null },
  jobDescription: null,
  kind: 'charges',
  detail: null,
  ownReference: null,
};
const linesOf = (...lines: ContentLine[]) => invoiceContent(source(lines)).sections.flatMap((section) => section.lines);
const source = (lines: ContentLine[]): ContentSource => ({
  kind: 'invoice',
  issuer: issuerProfile.parse({
    name: 'Nordlager GmbH',
    address: { street: 'Am Hafen 1', postalCode: '21035', city: 'Hamburg', country: 'DE' },
    vatId: 'DE123456789',
    bank: { name: 'Musterbank', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
  }),
  merchant: merchant(),
  language: 'de',
  currency: 'EUR',
  due: [{ stream: 'monthly', from: '2026-10-01', to: '2026-10-31' }],
  lines,
  vat: [{ category: 'S', rateBasisPoints: 1900, basisMinor: 6650, vatMinor: 1264 }],
  netMinor: 6650,
  vatMinor: 1264,
  grossMinor: 7914,
});

describe('H8 a document without VAT says why', () => {
  const said = (category: 'AE' | 'O' | 'E', language: 'de' | 'en', exemptionReason: string | null = null) => {
    const vat = [{ category, rateBasisPoints: 0, basisMinor: 6650, vatMinor: 0 }];
    const content = invoiceContent({ ...source([line]), vat, language, merchant: merchant({ exemptionReason }) });
    expect(content.vat.map(({ note }) => note)).toEqual(content.taxNotes);
    return content.taxNotes;
  };
  test.each([
    ['AE', 'de', 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).'],
    [
      ...(['AE', 'en'] as const),
      'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers): VAT is to be accounted for by the recipient (Art. 196 of Directive 2006/112/EC).',
    ],
    ['O', 'de', 'Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG).'],
    ['O', 'en', 'Service not taxable in Germany (section 3a (2) of the German VAT Act).'],
    ['E', 'de', 'Steuerfreie Leistung (§ 4 UStG).'],
    ['E', 'en', 'Exempt from VAT (section 4 of the German VAT Act).'],
  ] as const)('%s in %s: %s', (category, language, note) => expect(said(category, language)).toEqual([note]));

  test('an exempt merchant’s own reason stands in place of the general one, and nowhere else', () => {
    const reason = 'Steuerfrei nach § 4 Nr. 3 Buchst. a UStG';
    expect(said('E', 'de', reason)).toEqual([reason]);
    expect(said('AE', 'de', reason)).toEqual([
      'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
    ]);
  });

  test('beside taxed lines only the untaxed ones have a reason', () => {
    const vat = [
      { category: 'S' as const, rateBasisPoints: 1900, basisMinor: 3000, vatMinor: 570 },
      { category: 'AE' as const, rateBasisPoints: 0, basisMinor: 3650, vatMinor: 0 },
    ];
    const content = invoiceContent({ ...source([line]), vat });
    expect(content.vat.map(({ note }) => note?.slice(0, 18))).toEqual([undefined, 'Steuerschuldnersch']);
    expect(content.taxNotes).toHaveLength(1);
  });
});

describe('a line', () => {
  test('has its unit by its quantity and the unit its price is for', () =>
    expect(linesOf(line)).toMatchObject([{ quantity: '95', unit: 'Min.', baseQuantity: '60', baseUnit: 'Min.' }]));

  test('of a single job says what was done, before it says that it is late', () => {
    const late = { lateQuantity: '95', lateFrom: '2026-09-30', lateTo: '2026-09-30' } as const;
    expect(linesOf({ ...line, ...late, jobDescription: ' Umetikettiert ' })).toMatchObject([
      { detail: 'Umetikettiert · Nachberechnung, Leistung vom 30.09.2026' },
    ]);
    expect(linesOf(line)[0]).not.toHaveProperty('detail');
  });

  test.each([
    ['95', 'Billed subsequently, service of 30 Sep 2026 to 1 Oct 2026'],
    ['5', 'of which billed subsequently: 5, service of 30 Sep 2026 to 1 Oct 2026'],
  ])('billed later in English (%s of 95) is no charge for being late, and its days are read one way', (late, said) => {
    const lines = [{ ...line, lateQuantity: late, lateFrom: '2026-09-30', lateTo: '2026-10-01' }];
    const [section] = invoiceContent({ ...source(lines), language: 'en' }).sections;
    expect(section!.lines[0]!.detail).toBe(said);
  });

  test.each([
    ['de', 1, 'ein Tag aus Bewegungen nachgebildet'],
    ['de', 3, '3 Tage aus Bewegungen nachgebildet'],
    ['en', 1, 'one day rebuilt from movements'],
    ['en', 3, '3 days rebuilt from movements'],
  ] as const)('F8 of storage says in %s that %i of its days are rebuilt', (language, reconstructedDays, said) => {
    const storage = { bins: true, emptiedBins: ['free'], sharedBins: ['whole'], reconstructedDays } as const;
    const [section] = invoiceContent({ ...source([{ ...line, section: 'storage', storage }]), language }).sections;
    expect(section!.lines[0]!.detail!.split(' · ').at(-1)).toBe(said);
  });

  test('keeps within what a document holds, however much was written about the job', () =>
    expect(linesOf({ ...line, jobDescription: 'x'.repeat(2_000) })[0]!.detail!.length).toBeLessThanOrEqual(300));
});

test('H7 a credit note of a total names what its lines take back of, at most three on a line', () => {
  const invoices = [4, 3, 2, 1].map((day) => ({ number: `RE-2026-${day}`, issueDate: `2026-10-0${day}` }));
  const [first, second] = [
    { ...line, takesBackOf: invoices },
    { ...line, takesBackOf: invoices.slice(3), ownReference: 'SA-1' },
  ];
  const given = { ...source([first!, second!]), kind: 'creditNote' as const };
  const { takesBackOf, sections } = invoiceContent(given);
  expect(takesBackOf).toEqual(invoices.toReversed());
  expect(sections[0]!.lines.map(({ detail }) => detail)).toEqual([
    'Berichtigung zu Rechnung RE-2026-4 vom 04.10.2026, RE-2026-3 vom 03.10.2026, RE-2026-2 vom 02.10.2026 und einer weiteren',
    'SA-1 · Berichtigung zu Rechnung RE-2026-1 vom 01.10.2026',
  ]);
  expect(invoiceContent({ ...given, language: 'en' }).sections[0]!.lines[1]!.detail).toContain(
    'Correction of invoice RE-2026-1 of 1 Oct 2026',
  );
  expect(invoiceContent(source([line]))).not.toHaveProperty('takesBackOf');
});

test('H1 a detail is never longer than documents take it', () =>
  expect(
    linesOf({
      ...{ ...line, jobDescription: 'x'.repeat(160), ownReference: 'y'.repeat(80) },
      takesBackOf: [1, 2, 3].map((number) => ({ number: `${'Z'.repeat(39)}${number}`, issueDate: '2026-10-01' })),
    })[0]!.detail,
  ).toHaveLength(300));
