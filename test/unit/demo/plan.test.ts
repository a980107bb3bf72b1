import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { SAMPLE_FILE } from '../../../demo/data/make-sample.ts';
import { shiftedSample } from '../../../demo/data/shift-month.ts';
import { findingsOf, productOf } from '../../../demo/returns/findings.ts';
import { planReturns } from '../../../demo/returns/plan.ts';
import { readSample, rowsOf } from '../../../demo/sample.ts';
import { stockOf } from '../../../demo/storage.ts';
import { wavesOf } from '../../../demo/story.ts';

const sample = readSample(await shiftedSample('2026-02'));
const waves = wavesOf('2026-02', 28);
const planned = planReturns(sample, waves);

test('the sample is read as the import documents it', async () => {
  const { rows, orders, announced } = readSample(await readFile(SAMPLE_FILE));
  expect([rows.length, orders.length, announced.length]).toEqual([4_399, 2_289, 41]);
});

test('the parts that are imported one after the other are the whole file', () => {
  const parts = [
    [1, 8],
    [9, 15],
    [16, 22],
    [23, 28],
  ].map(([from, to]) =>
    rowsOf(sample, `2026-02-${String(from).padStart(2, '0')}`, `2026-02-${to! < 10 ? `0${to}` : to}`),
  );
  expect(parts.reduce((sum, part) => sum + part.trimEnd().split('\n').length - 1, 0)).toBe(4_399);
});

test.each(['2026-02', '2026-05', '2027-02', '2028-02', '2026-10'])(
  'at least 100 returns come back in %s',
  async (month) => {
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    expect(planReturns(readSample(await shiftedSample(month)), wavesOf(month, last)).length).toBeGreaterThanOrEqual(
      100,
    );
  },
);

test('the same sample gives the same plan, with all ways of coming back', () => {
  expect(planReturns(sample, waves)).toEqual(planned);
  expect(new Set(planned.map(({ recognised }) => recognised))).toEqual(
    new Set(['announced', 'order', 'label', 'undeliverable', 'unknown']),
  );
});

test('nothing comes back before the warehouse knows it, and no more than was sent', () => {
  for (const { day, inspectedOn, recognised, code, merchant, items } of planned) {
    expect(inspectedOn >= day).toBe(true);
    for (const { pieces, parts } of items)
      expect(parts.reduce((sum, part) => sum + part.pieces, 0)).toBeLessThanOrEqual(pieces);
    if (code === null) continue;
    const known = [...sample.orders, ...sample.announced].find(
      (one) => one.number === code && one.merchant === merchant,
    )!;
    const wave = waves.find(({ days }) => days.includes(day))!;
    expect(known.day <= wave.upTo).toBe(true);
    expect(known.number.startsWith('C')).toBe(recognised === 'announced');
    const sent = known.lines.reduce((sum, line) => sum + line.pieces, 0);
    expect(items.reduce((sum, item) => sum + item.pieces, 0)).toBeLessThanOrEqual(sent);
  }
});

test.each([
  ['BATHROOM METAL SIGN', 'sign'],
  ['DOORMAT UNION FLAG', 'doormat'],
  ['EDWARDIAN PARASOL BLACK', 'parasol'],
  ['JUMBO BAG RED RETROSPOT', 'bag'],
  ['S/15 SILVER GLASS BAUBLES IN BAG', 'lantern'],
  ['WHITE HANGING HEART T-LIGHT HOLDER', 'heart'],
  ['CHOCOLATE BOX RIBBONS', 'box'],
])('%s is photographed as a %s and has findings of every grade', (article, product) => {
  expect(productOf(article)).toBe(product);
  expect(new Set(findingsOf(article).map(({ grade }) => grade))).toEqual(new Set(['B', 'C', 'D']));
});

test('stock is counted on every day, one article per bin', () => {
  const days = ['2026-02-01', '2026-02-02', '2026-02-03'];
  const stock = stockOf(sample, '211', days);
  expect(stock.map(({ day }) => day)).toEqual(days);
  for (const { lines } of stock) {
    expect(lines.length).toBeGreaterThan(5);
    expect(new Set(lines.map(({ bin }) => bin)).size).toBe(lines.length);
  }
});
