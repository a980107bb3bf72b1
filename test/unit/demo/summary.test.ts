import { expect, test } from '@jest/globals';
import type { IssuedInvoice } from '../../../demo/billing.ts';
import { bar } from '../../../demo/progress.ts';
import { amount, invoiceTable } from '../../../demo/summary.ts';

const invoice = (
  merchantNumber: string,
  cutoff: string,
  net: number,
  lines: IssuedInvoice['lines'],
): IssuedInvoice => ({
  id: `${merchantNumber} ${cutoff}`,
  number: `RE-2026-0${merchantNumber}${cutoff.slice(-1)}`,
  merchantNumber,
  merchantName: `Firma ${merchantNumber}`,
  cutoff,
  netMinor: net,
  vatMinor: net / 10,
  grossMinor: net + net / 10,
  document: 'ready',
  delivery: 'sent',
  lines,
});
const invoices = [
  invoice('211', '2026-10-15', 123_450, [{ section: 'fulfilment', netMinor: 123_450 }]),
  invoice('211', '2026-10-31', 10_000, [
    { section: 'storage', netMinor: 7_500 },
    { section: 'returns', netMinor: 2_000 },
    { section: 'returns', netMinor: 500 },
  ]),
  invoice('475', '2026-10-31', 9_000_000, [{ section: 'specialJobs', netMinor: 9_000_000 }]),
];

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [123_456, '1,234.56'],
  [100_000_000, '1,000,000.00'],
  [-250, '−2.50'],
])('%i cents are written %s', (minor, text) => {
  expect(amount(minor)).toBe(text);
});

test('a wide terminal has a column per section', () => {
  const lines = invoiceTable(invoices, 120).split('\n');
  expect(lines.find((line) => line.includes('RE-2026-02115'))!.split(/ {2,}/)).toEqual([
    '',
    '15 Oct',
    'RE-2026-02115',
    '1,234.50',
    '–',
    '–',
    '–',
    '–',
    '–',
    '1,234.50',
    '123.45',
    '1,357.95',
  ]);
  expect(lines.find((line) => line.includes('RE-2026-02111'))!.split(/ {2,}/)).toEqual([
    '',
    '31 Oct',
    'RE-2026-02111',
    '–',
    '75.00',
    '–',
    '25.00',
    '–',
    '–',
    '100.00',
    '10.00',
    '110.00',
  ]);
  expect(lines.at(-1)!.split(/\s+/).slice(-3)).toEqual(['91,334.50', '9,133.45', '100,467.95']);
});

test.each([80, 107, 117, 120])('no line is wider than a terminal of %i columns', (columns) => {
  expect(
    Math.max(
      ...invoiceTable(invoices, columns)
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(columns);
});

test('a narrow terminal has the sections below', () => {
  const lines = invoiceTable(invoices, 80).split('\n');
  const at = lines.findIndex((line) => line.includes('RE-2026-02111'));
  expect(lines[at + 1]).toBe('          storage 75.00 · returns 25.00');
});

test.each([
  [0, 10, 0],
  [5, 10, 12],
  [10, 10, 24],
  [11, 10, 24],
  [0, 0, 0],
])('%i of %i fill %i signs of the bar', (done, total, filled) => {
  expect(bar(done, total)).toBe('█'.repeat(filled) + '░'.repeat(24 - filled));
});
