import { expect, test } from '@jest/globals';
import { documentGrouping } from '../../../services/sync/domain/read-documents.ts';
import type { ImportItem } from '../../../services/sync/domain/import-items.ts';
import type { MappingProfile } from '../../../services/sync/domain/mapping-profile.ts';
import { cells, GERMAN_HEADER, profileWith } from './profile-fixture.ts';

function itemsOf(
  rows: readonly string[][],
  profile: MappingProfile = profileWith(),
  header = GERMAN_HEADER,
): ImportItem[] {
  const grouping = documentGrouping(profile, header);
  return [...rows.flatMap((row, index) => grouping.add({ line: index + 2, cells: row })), ...grouping.end()];
}

const brief = (item: ImportItem): string =>
  item.kind === 'error'
    ? `${item.code} ${item.line}`
    : `${item.kind} ${item.document}/${item.merchantNumber} ${item.lines.map((line) => `${line.ordinal}:${line.sku}x${line.quantity}`).join(' ')}`;

test('an order carries everything the file and the profile say', () => {
  expect(itemsOf([cells(), cells({ Artikel: 'b', Menge: '1.000', Preis: '0,00' })])).toEqual([
    {
      kind: 'order',
      document: '1',
      merchantNumber: '100',
      externalNumber: '1',
      country: 'DE',
      currency: 'EUR',
      customer: 'K7',
      orderedAt: new Date('2026-06-15T08:00:00Z'),
      shippedAt: new Date('2026-06-15T08:00:00Z'),
      weightGrams: 800,
      carrier: 'DHL',
      contentHash: expect.stringMatching(/^[0-9a-f-]{36}$/),
      lines: [
        { ordinal: 1, lineNo: 2, sku: 'a-1', name: 'Tasse', quantity: 2, unitPrice: '1234.5' },
        { ordinal: 2, lineNo: 3, sku: 'b', name: 'Tasse', quantity: 1000, unitPrice: '0' },
      ],
    },
  ]);
});

test('a document becomes one order per merchant; the ordinal counts all its rows, rejected ones too', () => {
  const rows = [cells(), cells({ Mandant: '200' }), cells({ Menge: 'x' }), cells(), cells({ Mandant: '200' })];
  expect(itemsOf(rows).map(brief)).toEqual([
    'QUANTITY_INVALID 4',
    'order 1/100 1:a-1x2 4:a-1x2',
    'order 1/200 2:a-1x2 5:a-1x2',
  ]);
});

test('a return is announced with positive pieces and the time of its first line', () => {
  const [item] = itemsOf([cells({ Beleg: 'R5', Menge: '-3' })]);
  expect(item).toMatchObject({ kind: 'return', externalNumber: 'R5', announcedAt: new Date('2026-06-15T08:00:00Z') });
  expect(brief(item!)).toBe('return R5/100 1:a-1x3');
});

test.each<[string, Partial<Record<string, string>>, string, string | null]>([
  ['an order with a negative quantity', { Menge: '-1' }, 'NO_DOCUMENT_RULE', 'Beleg'],
  ['a return with a positive quantity', { Beleg: 'R1' }, 'NO_DOCUMENT_RULE', 'Beleg'],
  ['a return whose rest is no document', { Beleg: 'RX', Menge: '-1' }, 'NO_DOCUMENT_RULE', 'Beleg'],
  ['no document', { Beleg: ' ' }, 'VALUE_MISSING', 'Beleg'],
  ['a document that is too long', { Beleg: '1'.repeat(65) }, 'VALUE_TOO_LONG', 'Beleg'],
  ['no article', { Artikel: '' }, 'VALUE_MISSING', 'Artikel'],
  ['a name of 251 characters', { Bezeichnung: 'x'.repeat(251) }, 'VALUE_TOO_LONG', 'Bezeichnung'],
  ['zero pieces', { Menge: '0' }, 'QUANTITY_INVALID', 'Menge'],
  ['half a piece', { Menge: '0,5' }, 'QUANTITY_INVALID', 'Menge'],
  ['a thousand million pieces', { Menge: '1000000000' }, 'QUANTITY_INVALID', 'Menge'],
  ['a group sign where a decimal sign is meant', { Menge: '1.5' }, 'QUANTITY_INVALID', 'Menge'],
  ['a price with the wrong decimal sign', { Preis: '2.55' }, 'PRICE_INVALID', 'Preis'],
  ['two decimal signs', { Preis: '2,5,5' }, 'PRICE_INVALID', 'Preis'],
  ['a negative price', { Preis: '-1,00' }, 'PRICE_INVALID', 'Preis'],
  ['a price in words', { Preis: 'frei' }, 'PRICE_INVALID', 'Preis'],
  ['seven places', { Preis: '0,1234567' }, 'PRICE_INVALID', 'Preis'],
  ['30 February', { Zeit: '30.02.2026 10:00' }, 'TIME_INVALID', 'Zeit'],
  ['the hour that was skipped', { Zeit: '29.03.2026 02:10' }, 'TIME_DOES_NOT_EXIST', 'Zeit'],
  ['a country the map lacks', { Land: 'Atlantis' }, 'VALUE_NOT_MAPPED', 'Land'],
  ['a country named like a property of objects', { Land: 'constructor' }, 'VALUE_NOT_MAPPED', 'Land'],
  ['no merchant', { Mandant: '' }, 'MERCHANT_NOT_RECOGNISED', 'Mandant'],
  ['a merchant with a formula', { Mandant: '=1+1' }, 'MERCHANT_NOT_RECOGNISED', 'Mandant'],
])('%s is an error of its own', (_what, changes, code, column) => {
  const row = cells(changes);
  expect(itemsOf([row])).toEqual([{ kind: 'error', line: 2, code, column, message: expect.any(String), raw: row }]);
});

test('a row with too few cells is an error of its own', () => {
  expect(itemsOf([cells().slice(1), cells()]).map(brief)).toEqual(['COLUMN_COUNT 2', 'order 1/100 1:a-1x2']);
});

test.each<[Record<string, unknown>, Partial<Record<string, string>>, string]>([
  [{ filters: [{ field: 'country', notEquals: 'Deutschland' }] }, {}, 'FILTERED 2'],
  [{ filters: [{ field: 'customer', equals: 'K7' }] }, {}, 'order 1/100 1:a-1x2'],
  [{ filters: [{ field: 'articleName', matches: '^T' }] }, { Bezeichnung: 'x'.repeat(101) }, 'VALUE_TOO_LONG 2'],
  [{ articleCode: { upperCase: true, matches: '^A-\\d$' } }, {}, 'order 1/100 1:A-1x2'],
  [{ articleCode: { matches: '^A-\\d$' } }, {}, 'ARTICLE_CODE_NOT_ACCEPTED 2'],
  [{ merchant: { from: 'constant', number: '7' } }, {}, 'order 1/7 1:a-1x2'],
  [{ merchant: { from: 'pattern', field: 'customer', pattern: '^K(\\d)' } }, {}, 'order 1/7 1:a-1x2'],
  [{ merchant: { from: 'pattern', field: 'customer', pattern: '^L(\\d)' } }, {}, 'MERCHANT_NOT_RECOGNISED 2'],
])('a profile with %j', (changes, row, expected) => {
  expect(itemsOf([cells(row)], profileWith(changes)).map(brief)).toEqual([expected]);
});

test('the weight follows the pieces when the profile says so', () => {
  const profile = profileWith({ constants: { carrier: 'X', weightGramsPerPiece: 250 } });
  expect(itemsOf([cells(), cells({ Menge: '5' })], profile)[0]).toMatchObject({ weightGrams: 1750 });
});

test('documents may stand among each other', () => {
  const rows = ['1', '2', '1', '2', '1'].map((Beleg) => cells({ Beleg }));
  expect(itemsOf(rows).map(brief)).toEqual(['order 2/100 1:a-1x2 2:a-1x2', 'order 1/100 1:a-1x2 2:a-1x2 3:a-1x2']);
});

test('a document that comes back after it ended is an error per row, never a silent loss', () => {
  const rows = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '1', '1'].map((Beleg) => cells({ Beleg }));
  const items = itemsOf(rows).map(brief);
  expect(items.filter((item) => item.startsWith('DOCUMENT'))).toEqual([
    'DOCUMENT_REAPPEARS 11',
    'DOCUMENT_REAPPEARS 12',
  ]);
  expect(items.filter((item) => item.startsWith('order'))).toHaveLength(9);
});

test.each([
  ['country', { Land: 'Österreich' }],
  ['customer', { Kunde: 'K8' }],
])('another %s within a document is an error', (_what, changes) => {
  expect(itemsOf([cells(), cells(changes)]).map(brief)).toEqual(['DOCUMENT_INCONSISTENT 3', 'order 1/100 1:a-1x2']);
});

test('a document of more than 5,000 rows is refused as a whole, row by row', () => {
  const items = itemsOf(Array.from({ length: 5_002 }, () => cells()));
  expect(new Set(items.map((item) => (item.kind === 'error' ? item.line : 0))).size).toBe(5_002);
  expect(items.every((item) => item.kind === 'error' && item.code === 'DOCUMENT_TOO_LONG')).toBe(true);
});

test('the content hash changes with the content and not with the place in the file', () => {
  const hashOf = (rows: string[][]) =>
    itemsOf(rows)
      .map((item) => (item.kind === 'error' ? '' : item.contentHash))
      .at(-1);
  const hash = hashOf([cells()]);
  expect(hashOf([cells({ Beleg: '9' }), cells()].reverse().slice(0, 1))).toBe(hash);
  expect(hashOf([cells({ Beleg: '' }), cells()])).toBe(hash);
  for (const changes of [
    { Menge: '3' },
    { Preis: '1,00' },
    { Artikel: 'b' },
    { Kunde: '' },
    { Zeit: '15.06.2026 10:01' },
  ]) {
    expect(hashOf([cells(changes)])).not.toBe(hash);
  }
  expect(hashOf([cells(), cells()])).not.toBe(hash);
});

test.each([
  [GERMAN_HEADER.map((name) => (name === 'Menge' ? 'Anzahl' : name)), 'COLUMN_MISSING'],
  [[...GERMAN_HEADER, 'Menge'], 'COLUMN_AMBIGUOUS'],
])('a head without exactly one column of a name is refused', (header, code) => {
  expect(() => documentGrouping(profileWith(), header)).toThrow(
    expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path: 'file', code })] } }),
  );
});
