import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { shiftedSample } from '../../../demo/data/shift-month.ts';
import { cutOffs, shiftMonths } from '../../../oracle/days.ts';
import { amountText, decimal, decimalText, roundedQuotient } from '../../../oracle/decimal.ts';
import { compute } from '../../../oracle/oracle.ts';
import { berlinDay, readInput } from '../../../oracle/read-input.ts';
import { readRows } from '../../../services/sync/csv/read-rows.ts';
import { mappingProfile } from '../../../services/sync/domain/mapping-profile.ts';
import { readDocuments } from '../../../services/sync/domain/read-documents.ts';
import { localDateOf } from '../../../shared/kernel/dates.ts';

const root = new URL('../../../', import.meta.url);
const SAMPLE = new URL('demo/data/online-retail-2011-02-sample.csv.gz', root);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-oracle-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['2011-02-15 22:59:59', '2011-02-15'],
  ['2011-02-15 23:00:00', '2011-02-16'],
  ['2011-07-15 22:59:59', '2011-07-15'],
  ['2011-07-15 23:00:00', '2011-07-16'],
  ['2010-12-31 23:30:00', '2011-01-01'],
  ['2012-02-28 23:30:00', '2012-02-29'],
])('%s in London is the %s in Berlin', (time, day) => expect(berlinDay(time)).toBe(day));

test.each([
  ['2011-01-31', 1, '2011-02-28'],
  ['2011-02-28', 188, '2026-10-28'],
  ['2011-03-31', -1, '2011-02-28'],
  ['2011-12-05', 1, '2012-01-05'],
])('%s moved by %i months is %s', (day, count, moved) => expect(shiftMonths(day, count)).toBe(moved));

test('cut-offs are every 15th and every last day', () => {
  expect(cutOffs('2023-12-16', '2024-03-15')).toEqual([
    '2023-12-31',
    '2024-01-15',
    '2024-01-31',
    '2024-02-15',
    '2024-02-29',
    '2024-03-15',
  ]);
});

test.each([
  [5n, 2n, 3n],
  [-5n, 2n, -3n],
  [4n, 3n, 1n],
  [-5n, 3n, -2n],
  [0n, 3n, 0n],
])('%s ÷ %s rounds to %s', (dividend, divisor, quotient) => expect(roundedQuotient(dividend, divisor)).toBe(quotient));

test('decimals read and write themselves', () => {
  expect(['0.25', '12', '-0.000001', '1000.5'].map((text) => decimalText(decimal(text)))).toEqual([
    '0.25',
    '12',
    '-0.000001',
    '1000.5',
  ]);
  expect(amountText(-5n)).toBe('-0.05');
  expect(() => decimal('1.0000001')).toThrow();
});

test('a file is counted by the documented rules', async () => {
  const path = join(folder, 'small.csv.gz');
  const rows = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '1,85123a,"SAY ""HI"", YOU",6,2011-02-01 08:00:00,2.55,17850.0,EIRE',
    '1,85199B,X,2,2011-02-01 08:01:00,2.55,17850.0,EIRE',
    '1,22000,X,1,2011-02-01 08:01:00,0.0,17850.0,EIRE',
    '1,POST,POSTAGE,1,2011-02-01 08:01:00,18.0,17850.0,EIRE',
    'C2,22000,"two\nlines",-1,2011-02-02 08:01:00,1.0,,Unspecified',
    '3,22000,X,-1,2011-02-02 08:01:00,1.0,,France',
  ];
  await writeFile(path, gzipSync(rows.join('\n')));
  expect(await readInput(path)).toEqual({
    orderLines: 3,
    returnLines: 1,
    announcedReturns: 1,
    otherLines: 2,
    shipments: [
      {
        merchant: '851',
        reference: '1/851',
        shippedOn: '2011-02-01',
        country: 'IE',
        pieces: 8,
        lines: 2,
        weightGrams: 2000,
      },
      {
        merchant: '220',
        reference: '1/220',
        shippedOn: '2011-02-01',
        country: 'IE',
        pieces: 1,
        lines: 1,
        weightGrams: 250,
      },
    ],
  });
});

test('oracle and import read the same sample', async () => {
  const profileText = await readFile(new URL('services/sync/profiles/online-retail.json', root), 'utf8');
  const source = await readRows(Readable.from([await readFile(SAMPLE)]), ',');
  const orders = new Map<string, unknown>();
  const counts = { orderLines: 0, returnLines: 0, announcedReturns: 0, otherLines: 0 };
  for await (const item of readDocuments(source, mappingProfile.parse(JSON.parse(profileText)))) {
    if (item.kind === 'error') counts.otherLines += 1;
    else if (item.kind === 'return') {
      counts.announcedReturns += 1;
      counts.returnLines += item.lines.length;
    } else {
      const { merchantNumber: merchant, country, weightGrams, shippedAt, document } = item;
      const pieces = item.lines.reduce((sum, line) => sum + line.quantity, 0);
      const reference = `${document}/${merchant}`;
      const lines = item.lines.length;
      const shippedOn = localDateOf(shippedAt);
      orders.set(reference, { merchant, reference, shippedOn, country, pieces, lines, weightGrams });
      counts.orderLines += item.lines.length;
    }
  }
  const { shipments, ...file } = await readInput(SAMPLE.pathname);
  expect(counts).toEqual(file);
  expect(counts).toEqual({ orderLines: 4139, returnLines: 53, announcedReturns: 41, otherLines: 207 });
  expect(orders.size).toBe(2289);
  expect(shipments.map(({ reference }) => orders.get(reference))).toEqual(shipments);
});

test('the sample moved to another month costs the same', async () => {
  const [rateCard, merchants] = await Promise.all(
    ['rate-card', 'merchants'].map(async (name) =>
      JSON.parse(await readFile(new URL(`demo/data/${name}.json`, root), 'utf8')),
    ),
  );
  const moved = join(folder, 'moved.csv.gz');
  await writeFile(moved, await shiftedSample('2026-10'));
  expect(gunzipSync(await readFile(moved)).toString()).not.toContain(',2011-');
  const totals = async (input: string, month: string, facts = {}) => {
    const result = await compute({ input, rateCard, merchants, facts, from: `${month}-01`, to: `${month}-31` });
    expect([result.unrated, result.unknownMerchants, result.held]).toEqual([[], [], []]);
    return result.invoices.map(({ merchant, cutOff, gross }) => `${merchant} ${cutOff.slice(8) === '15'} ${gross}`);
  };
  const expected = await totals(SAMPLE.pathname, '2011-02');
  expect(expected).toHaveLength(24);
  expect(await totals(moved, '2026-10')).toEqual(expected);
  expect(await totals(SAMPLE.pathname, '2026-10', { dateShift: { from: '2011-02', to: '2026-10' } })).toEqual(expected);
});
