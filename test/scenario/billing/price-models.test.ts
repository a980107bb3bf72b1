import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { billCases, type CaseEvent, type PriceCase } from '../../support/scenario-table.ts';
import { createScenarioWorld, perUnit, tiers, type Rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** Everything happens in the first half of March; the lines were worked out by hand from billing.md. */
const DAY = '2027-03-05';

type Row = readonly [quantities: readonly (number | string)[], ...lines: string[]];
const priced = (name: string, model: Rule['model'], rows: readonly Row[], unit?: string): PriceCase[] =>
  rows.map(([quantities, ...lines]) => ({
    title: `${name}: ${quantities.join(' + ')} ${quantities.length > 8 ? 'in all ' : ''}→ ${lines.join(', ')}`,
    ...(unit ? { type: 'special_job', unit } : {}),
    terms: { model },
    events: quantities.map((quantity): CaseEvent => [DAY, quantity]),
    lines: lines.map((line) => `2027-03-${unit ? '31' : '15'}: ${line}`),
  }));
const times = (count: number) => Array.from({ length: count }, () => 1);

const GRADUATED = tiers('graduated', ['100', '0.35'], ['500', '0.25'], [null, '0.125']);
const VOLUME = tiers('volume', ['100', '5.00'], ['200', '4.50'], [null, '4.00']);

const CASES: PriceCase[] = [
  ...priced('E2 per unit 0.45', perUnit('0.45'), [
    [[1], '1 × 0.45 = 45'],
    [[3], '3 × 0.45 = 135'],
    [[2, 5, 4], '11 × 0.45 = 495'],
  ]),
  // half a cent goes away from zero, and once for the line: three times half a cent are 1.5 and so 2, not 3
  ...priced('E9 per unit 0.005', perUnit('0.005'), [
    [[1], '1 × 0.005 = 1'],
    [[2], '2 × 0.005 = 1'],
    [[3], '3 × 0.005 = 2'],
    [times(3), '3 × 0.005 = 2'],
    [times(10), '10 × 0.005 = 5'],
    [times(11), '11 × 0.005 = 6'],
  ]),
  ...priced('E9 per unit 0.015', perUnit('0.015'), [
    [[1], '1 × 0.015 = 2'],
    [[2], '2 × 0.015 = 3'],
    [[3], '3 × 0.015 = 5'],
  ]),
  ...priced('E9 per unit 0.000001', perUnit('0.000001'), [
    [[4999], '4999 × 0.000001 = 0'],
    [[5000], '5000 × 0.000001 = 1'],
    [[14999], '14999 × 0.000001 = 1'],
    [[15000], '15000 × 0.000001 = 2'],
    [[1_000_000], '1000000 × 0.000001 = 100'],
  ]),
  ...priced('E9 per unit 0.333333', perUnit('0.333333'), [
    [[1], '1 × 0.333333 = 33'],
    [[2], '2 × 0.333333 = 67'],
    [[3], '3 × 0.333333 = 100'],
    [[30_000], '30000 × 0.333333 = 999999'],
  ]),
  ...priced('E9 per unit 0.455', perUnit('0.455'), [
    [[1], '1 × 0.455 = 46'],
    [[3], '3 × 0.455 = 137'],
    [[200], '200 × 0.455 = 9100'],
  ]),
  ...priced('E9 per unit 2.5', perUnit('2.5'), [
    [['0.4'], '0.4 × 2.5 = 100'],
    [['0.002'], '0.002 × 2.5 = 1'],
    [['0.001999'], '0.001999 × 2.5 = 0'],
    [['0.1', '0.2'], '0.3 × 2.5 = 75'],
    [['0.000001', '0.000001'], '0.000002 × 2.5 = 0'],
  ]),
  ...priced('E2 a price of nothing', perUnit('0'), [[[7], '7 × 0 = 0']]),
  ...priced('E2 a large price', perUnit('99999.999999'), [[[1], '1 × 99999.999999 = 10000000']]),
  ...priced('E2 per 60 minutes', perUnit('42.00', { baseQuantity: '60' }), [
    [[1], '1 × 42/60 = 70'],
    [[7], '7 × 42/60 = 490'],
    [[50], '50 × 42/60 = 3500'],
    [[50, 25, 25], '100 × 42/60 = 7000'],
  ]),
  ...priced('E2 per 1000 pieces', perUnit('3.90', { baseQuantity: '1000' }), [
    [[1], '1 × 3.9/1000 = 0'],
    [[2], '2 × 3.9/1000 = 1'],
    [[1500], '1500 × 3.9/1000 = 585'],
    [[333, 333, 334], '1000 × 3.9/1000 = 390'],
  ]),
  ...priced('E2 flat', { type: 'flat', amount: '2.90' }, [
    [[1], '1 × 2.9 = 290'],
    [[7], '1 × 2.9 = 290'],
    [[7, 1, '0.5'], '3 × 2.9 = 870'],
    [[5, -1], '0 × 2.9 = 0'],
    [[5, 3, -4], '1 × 2.9 = 290'],
  ]),
  ...priced('E9 flat with six places', { type: 'flat', amount: '0.104999' }, [
    [[9], '1 × 0.104999 = 10'],
    [[9, 9], '2 × 0.104999 = 21'],
    [times(5), '5 × 0.104999 = 52'],
  ]),
  ...priced(
    'E2 package of 15 minutes',
    { type: 'package', size: '15', unitPrice: '12.50' },
    [
      [[1], '1 × 12.5 = 1250'],
      [['0.000001'], '1 × 12.5 = 1250'],
      [[15], '1 × 12.5 = 1250'],
      [['15.000001'], '2 × 12.5 = 2500'],
      [[16], '2 × 12.5 = 2500'],
      [[30], '2 × 12.5 = 2500'],
      [[31], '3 × 12.5 = 3750'],
      [[1, 15, 31], '5 × 12.5 = 6250'],
      [times(4), '4 × 12.5 = 5000'],
      [[31, -16], '1 × 12.5 = 1250'],
    ],
    'minute',
  ),
  ...priced('E2 package of 100 pieces', { type: 'package', size: '100', unitPrice: '4.99' }, [
    [[99], '1 × 4.99 = 499'],
    [[100], '1 × 4.99 = 499'],
    [[250], '3 × 4.99 = 1497'],
    [[50, 50], '2 × 4.99 = 998'],
  ]),
  ...priced('E2 package of half a unit', { type: 'package', size: '0.5', unitPrice: '1.10' }, [
    [['1.2'], '3 × 1.1 = 330'],
    [['0.5'], '1 × 1.1 = 110'],
  ]),
  ...priced('E2 graduated', GRADUATED, [
    [[1], '1 × 0.35 = 35'],
    [[100], '100 × 0.35 = 3500'],
    [[101], '100 × 0.35 = 3500', '1 × 0.25 = 25'],
    [['100.5'], '100 × 0.35 = 3500', '0.5 × 0.25 = 13'],
    [[60, 60], '100 × 0.35 = 3500', '20 × 0.25 = 500'],
    [[500], '100 × 0.35 = 3500', '400 × 0.25 = 10000'],
    [[501], '100 × 0.35 = 3500', '400 × 0.25 = 10000', '1 × 0.125 = 13'],
    [[502], '100 × 0.35 = 3500', '400 × 0.25 = 10000', '2 × 0.125 = 25'],
    [[1000], '100 × 0.35 = 3500', '400 × 0.25 = 10000', '500 × 0.125 = 6250'],
    [[40, 461], '100 × 0.35 = 3500', '400 × 0.25 = 10000', '1 × 0.125 = 13'],
  ]),
  ...priced('E2 graduated with one tier', tiers('graduated', [null, '0.30']), [[[7], '7 × 0.3 = 210']]),
  ...priced('E2 graduated with a free tier', tiers('graduated', ['10', '0'], [null, '1.10']), [
    [[10], '10 × 0 = 0'],
    [[12], '10 × 0 = 0', '2 × 1.1 = 220'],
  ]),
  ...priced('E2 graduated that rises', tiers('graduated', ['10', '0.10'], [null, '0.20']), [
    [[25], '10 × 0.1 = 100', '15 × 0.2 = 300'],
  ]),
  ...priced('E2 graduated by parts of a unit', tiers('graduated', ['2.5', '4'], [null, '2']), [
    [[4], '2.5 × 4 = 1000', '1.5 × 2 = 300'],
    [['0.125', '2.375', '0.0025'], '2.5 × 4 = 1000', '0.0025 × 2 = 1'],
  ]),
  ...priced('E2 volume', VOLUME, [
    [[1], '1 × 5 = 500'],
    [['0.5'], '0.5 × 5 = 250'],
    [[100], '100 × 5 = 50000'],
    [['100.000001'], '100.000001 × 4.5 = 45000'],
    [[101], '101 × 4.5 = 45450'],
    [[60, 60], '120 × 4.5 = 54000'],
    [[200], '200 × 4.5 = 90000'],
    [[201], '201 × 4 = 80400'],
    [[150, -60], '90 × 5 = 45000'],
  ]),
  ...priced('E8 free units', perUnit('0.80', { freeQuantity: '3' }), [
    [[2], '2 × 0 = 0'],
    [[3], '3 × 0 = 0'],
    [[4], '3 × 0 = 0', '1 × 0.8 = 80'],
    [times(5), '3 × 0 = 0', '2 × 0.8 = 160'],
    [[5, -1], '3 × 0 = 0', '1 × 0.8 = 80'],
  ]),
  ...priced('E8 half a free unit', perUnit('0.80', { freeQuantity: '0.5' }), [[[2], '0.5 × 0 = 0', '1.5 × 0.8 = 120']]),
  ...priced(
    'E8 thirty free minutes of an hourly price',
    perUnit('42.00', { baseQuantity: '60', freeQuantity: '30' }),
    [
      [[50], '30 × 0/60 = 0', '20 × 42/60 = 1400'],
      [[20, 11], '30 × 0/60 = 0', '1 × 42/60 = 70'],
    ],
    'minute',
  ),
];

let world: ScenarioWorld;
let billed: Map<string, string[]>;
beforeAll(async () => {
  world = await createScenarioWorld();
  billed = await billCases(world, CASES);
});
afterAll(() => world.close());

test.each(CASES)('$title', ({ title, lines }) => expect(billed.get(title)).toEqual(lines));
