import { describe, expect, test } from '@jest/globals';
import { readTable } from '../../../shared/csv/read-table.ts';
import { announcementTemplate } from '../../../services/returns/announcements/template.ts';
import { announcedReturn } from '../../../services/returns/domain/announced-return.ts';
import { readAnnouncements } from '../../../services/returns/domain/announcements.ts';

const HEAD = 'rma;sku;quantity';
const read = (text: string | Buffer) => {
  const { header, rows } = readTable(Buffer.from(text));
  return readAnnouncements(header, rows);
};
const mistakes = (text: string) => read(text).errors.map(({ line, field, code }) => [line, field, code]);

describe('C12 how a file is written', () => {
  const rows = 'RMA-Nummer;Artikelnummer;Stück;Grund\r\nR-1;MÜSLI;2;Größe\r\n';
  const utf16be = Buffer.from(`\ufeff${rows}`, 'utf16le').swap16();
  test.each([
    ['UTF-8', Buffer.from(rows)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${rows}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${rows}`, 'utf16le')],
    ['UTF-16, big end first', utf16be],
    ['Windows-1252', Buffer.from(rows, 'latin1')],
    ['commas', Buffer.from(rows.replaceAll(';', ','))],
    ['tabs', Buffer.from(rows.replaceAll(';', '\t'))],
    ['old line breaks', Buffer.from(rows.replaceAll('\r\n', '\r'))],
  ])('C12 %s', (_what, bytes) =>
    expect(read(bytes)).toMatchObject({
      errors: [],
      announcements: [{ rma: 'R-1', line: 2, items: [{ sku: 'MÜSLI', quantity: 2, reason: 'Größe' }] }],
    }),
  );

  test.each([
    ['nothing', '', 'FILE_EMPTY'],
    ['a workbook', 'PK\u0003\u0004\u0000\u0000xl/workbook.xml', 'NOT_CSV'],
    ['UTF-16 without its mark', Buffer.from(rows, 'utf16le').toString('latin1'), 'NOT_CSV'],
    ['a quote that never closes', `${HEAD}\n"R-1;A;1`, 'QUOTE_MISPLACED'],
    ['a quote in a cell', `${HEAD}\nR"1;A;1`, 'QUOTE_MISPLACED'],
    ['too many lines', `${HEAD}\n${'R-1;A;1\n'.repeat(5_001)}`, 'TOO_MANY_LINES'],
    ['too many columns', `${HEAD}${';x'.repeat(200)}\n`, 'TOO_MANY_COLUMNS'],
    ['a million columns', 'x;'.repeat(1_000_000), 'RECORD_TOO_LONG'],
  ])('C12 %s is no such file', (_what, text, code) => {
    const started = Date.now();
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 422 }));
    try {
      read(text);
    } catch (error) {
      expect(error).toMatchObject({ data: { errors: [{ path: 'file', code }] } });
    }
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('C12 five thousand lines are enough', () =>
    expect(
      read(`rma;sku;quantity\n${Array.from({ length: 5_000 }, (_, n) => `R-${n};A;1`).join('\n')}`).announcements,
    ).toHaveLength(5_000));
});

describe('C12 what stands in a file', () => {
  test('C12 lines with one RMA number are one return, and say together what it is', () => {
    const { announcements, errors } = read(
      'RMA;Bestellnummer;Art;SKU;Bezeichnung;Menge;Grund;Sendungsnummer;Farbe\nR-1;4711;;A;Tasse;2;;;rot\nR-2;;;;Kanne;1,00;;;\nR-1;;Reklamation;B;;1;Defekt;00340;',
    );
    expect(errors).toEqual([]);
    expect(announcements).toEqual([
      {
        ...{ rma: 'R-1', line: 2, kind: 'complaint', order: '4711', carrier: null, tracking: '00340', note: '' },
        items: [
          { sku: 'A', name: 'Tasse', quantity: 2, reason: null },
          { sku: 'B', name: '', quantity: 1, reason: 'Defekt' },
        ],
      },
      {
        ...{ rma: 'R-2', line: 3, kind: 'withdrawal', order: null, carrier: null, tracking: null, note: '' },
        items: [{ sku: null, name: 'Kanne', quantity: 1, reason: null }],
      },
    ]);
  });

  test('C12 columns that mean nothing here are named', () =>
    expect(read('rma;sku;quantity;Farbe;\nR;A;1;rot;').ignoredColumns).toEqual(['Farbe']));

  test.each([
    ['sku;quantity\nA;1', [[1, 'rma', 'COLUMN_MISSING']]],
    ['rma;quantity\nR;1', [[1, 'sku', 'COLUMN_MISSING']]],
    ['rma;sku\nR;A', [[1, 'quantity', 'COLUMN_MISSING']]],
    ['rma;RMA-Nummer;sku;quantity\nR;R;A;1', [[1, 'rma', 'COLUMN_TWICE']]],
    [HEAD, [[1, null, 'NO_LINES']]],
    [`${HEAD}\n;A;1`, [[2, 'rma', 'REQUIRED']]],
    [`${HEAD}\nR;;1`, [[2, 'sku', 'REQUIRED']]],
    [`${HEAD}\nR;A;`, [[2, 'quantity', 'REQUIRED']]],
    ...['0', '-1', '1.5', '1,5', '1e3', '100001', 'eins', '0x1'].map(
      (quantity) => [`${HEAD}\nR;A;${quantity}`, [[2, 'quantity', 'NOT_A_QUANTITY']]] as const,
    ),
    [`${HEAD};kind\nR;A;1;undeliverable`, [[2, 'kind', 'KIND_UNKNOWN']]],
    [`${HEAD};kind\nR;A;1;__proto__`, [[2, 'kind', 'KIND_UNKNOWN']]],
    [`${HEAD};kind\nR;A;1;constructor`, [[2, 'kind', 'KIND_UNKNOWN']]],
    [`${HEAD}\nR;${'A'.repeat(81)};1`, [[2, 'sku', 'TOO_BIG']]],
    [`${HEAD}\nR;A\u0007;1`, [[2, 'sku', 'INVALID_FORMAT']]],
    [`${HEAD};order\nR;A;1;1\nS;A;1;9\nR;B;1;2`, [[4, 'order', 'DIFFERS_WITHIN_RETURN']]],
    [
      `${HEAD}\n\nR;A;x\n"R";A;1\n\nS;;1`,
      [
        [3, 'quantity', 'NOT_A_QUANTITY'],
        [6, 'sku', 'REQUIRED'],
      ],
    ],
    [
      `${HEAD};name\nR;A;1;"two\nlines"\nS;A;x;`,
      [
        [2, 'name', 'INVALID_FORMAT'],
        [4, 'quantity', 'NOT_A_QUANTITY'],
      ],
    ],
    [`${HEAD}\n${'R;A;1\n'.repeat(501)}`, [[2, 'rma', 'TOO_MANY_ITEMS']]],
  ] as const)('C12 every mistake is told with its line and field: %j', (text, expected) => {
    expect(mistakes(text)).toEqual(expected);
    expect(read(text).announcements).toEqual([]);
  });
});

test.each(['de', 'en'] as const)(
  'C12 the template (%s) is a file as it should be, and no cell of it is a formula',
  (language) => {
    const bytes = announcementTemplate(language);
    expect(read(bytes)).toMatchObject({
      errors: [],
      ignoredColumns: [],
      announcements: [{ items: [{}, {}] }, { kind: 'complaint' }],
    });
    expect(
      bytes
        .toString()
        .split(/[;,\r\n]+/)
        .filter((cell) => /^["']?[=+\-@\t]/.test(cell)),
    ).toEqual([]);
  },
);

test.each([
  ['defective', 'defective', null],
  ['Zu groß', 'too_large', null],
  ['too LARGE', 'too_large', null],
  ['17', 'used', '17'],
  ['Einfach so', null, 'Einfach so'],
])('C15 the reason %j is %j, and kept as it was written where it is someone else’s', (reason, code, external) => {
  const parcel = announcedReturn(
    {
      ...{ rma: 'R', line: 2, kind: 'withdrawal', order: null, carrier: null, tracking: null, note: '' },
      items: [{ sku: 'A', name: '', quantity: 1, reason }],
    },
    {
      ...{ merchantId: 'm', at: new Date(), orderId: undefined, contentHash: 'h', newId: () => 'id' },
      policy: { reasons: [], reasonMappings: [{ system: 'csv', external: '17', code: 'used' }] },
    },
  );
  expect(parcel.items[0]).toMatchObject({ reason: code, externalReason: external });
});
