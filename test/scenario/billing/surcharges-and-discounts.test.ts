import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { billCases, type CaseTerms, type PriceCase } from '../../support/scenario-table.ts';
import { createScenarioWorld, perUnit, tiers, type Rule, type ScenarioWorld } from '../../support/scenario-world.ts';

type Adjustment = NonNullable<CaseTerms['adjustments']>[number];
type Event = readonly [day: string, quantity: number | string, known?: string];

const percent = (value: string) => ({ type: 'percent' as const, percent: value });
const each = (unitPrice: string) => ({ type: 'perUnit' as const, unitPrice });
const surcharge = (value: Adjustment['value'], more: Partial<Adjustment> = {}): Adjustment => ({
  key: 'plus',
  kind: 'surcharge',
  value,
  ...more,
});
const discount = (value: Adjustment['value'], more: Partial<Adjustment> = {}): Adjustment => ({
  key: 'less',
  kind: 'discount',
  value,
  ...more,
});
const adjusted = (
  title: string,
  model: Rule['model'],
  adjustments: readonly Adjustment[],
  events: readonly Event[],
  ...lines: string[]
): PriceCase => ({
  title,
  terms: { model, adjustments },
  events: events.map(([day, quantity, known]) => [`2027-${day}`, quantity, known ? { known: `2027-${known}` } : {}]),
  lines: lines.map((line) => `2027-${line}`),
});
const ONE = perUnit('1.00');
const VOLUME = tiers('volume', ['100', '5.00'], [null, '4.00']);

const CASES: PriceCase[] = [
  // percentages: of the rounded net, exact in the price, rounded once as a line
  adjusted(
    'E7 3.5 % on 21.75 are 0.76125',
    perUnit('4.35'),
    [surcharge(percent('3.5'))],
    [['03-05', 5]],
    '03-15: 5 × 4.35 = 2175',
    '03-15: plus: 1 × 0.76125 = 76',
  ),
  adjusted(
    'E7 of the rounded net: 0.455 is 0.46, 10 % of it 0.046',
    perUnit('0.455'),
    [surcharge(percent('10'))],
    [['03-05', 1]],
    '03-15: 1 × 0.455 = 46',
    '03-15: plus: 1 × 0.046 = 5',
  ),
  adjusted(
    'E7 0.01 % of 50.00 are half a cent, and so one',
    ONE,
    [surcharge(percent('0.01'))],
    [['03-05', 50]],
    '03-15: 50 × 1 = 5000',
    '03-15: plus: 1 × 0.005 = 1',
  ),
  adjusted(
    'E7 what rounds to nothing stands with 0',
    ONE,
    [surcharge(percent('0.01'))],
    [['03-05', 49]],
    '03-15: 49 × 1 = 4900',
    '03-15: plus: 1 × 0.0049 = 0',
  ),
  adjusted(
    'E7 more than 100 percent',
    ONE,
    [surcharge(percent('150'))],
    [['03-05', 3]],
    '03-15: 3 × 1 = 300',
    '03-15: plus: 1 × 4.5 = 450',
  ),
  adjusted(
    'E10 10 % less',
    ONE,
    [discount(percent('10'))],
    [['03-05', 33]],
    '03-15: 33 × 1 = 3300',
    '03-15: less: 1 × -3.3 = -330',
  ),
  adjusted(
    'E10 half a cent less goes away from zero too',
    perUnit('0.05'),
    [discount(percent('10'))],
    [['03-05', 1]],
    '03-15: 1 × 0.05 = 5',
    '03-15: less: 1 × -0.005 = -1',
  ),
  adjusted(
    'E10 100 % less leaves nothing',
    ONE,
    [discount(percent('100'))],
    [['03-05', 7]],
    '03-15: 7 × 1 = 700',
    '03-15: less: 1 × -7 = -700',
  ),
  adjusted(
    'E7 a price per unit',
    ONE,
    [surcharge(each('0.30'))],
    [['03-05', 7]],
    '03-15: 7 × 1 = 700',
    '03-15: plus: 7 × 0.3 = 210',
  ),
  adjusted(
    'E7 a price per unit of parts',
    ONE,
    [surcharge(each('0.005'))],
    [
      ['03-05', '0.5'],
      ['03-06', '0.5'],
    ],
    '03-15: 1 × 1 = 100',
    '03-15: plus: 1 × 0.005 = 1',
  ),
  adjusted(
    'E10 a discount per unit',
    ONE,
    [discount(each('0.255'))],
    [['03-05', 3]],
    '03-15: 3 × 1 = 300',
    '03-15: less: 3 × -0.255 = -77',
  ),
  adjusted(
    'E7 E10 both are taken of the charges, not of each other',
    ONE,
    [surcharge(percent('10')), discount(percent('10'))],
    [['03-05', 100]],
    '03-15: 100 × 1 = 10000',
    '03-15: plus: 1 × 10 = 1000',
    '03-15: less: 1 × -10 = -1000',
  ),
  // days
  adjusted(
    'E7 from a day on',
    ONE,
    [surcharge(percent('10'), { from: '2027-03-10' })],
    [
      ['03-09', 10],
      ['03-10', 20],
    ],
    '03-15: 30 × 1 = 3000',
    '03-15: plus: 1 × 2 = 200',
  ),
  adjusted(
    'E7 up to and including a day',
    ONE,
    [surcharge(percent('10'), { to: '2027-03-10' })],
    [
      ['03-10', 10],
      ['03-11', 20],
    ],
    '03-15: 30 × 1 = 3000',
    '03-15: plus: 1 × 1 = 100',
  ),
  adjusted(
    'E7 on a single day',
    ONE,
    [surcharge(each('0.50'), { from: '2027-03-10', to: '2027-03-10' })],
    [
      ['03-09', 1],
      ['03-10', 2],
      ['03-11', 4],
    ],
    '03-15: 7 × 1 = 700',
    '03-15: plus: 2 × 0.5 = 100',
  ),
  adjusted(
    'E7 outside its days there is no line',
    ONE,
    [surcharge(percent('10'), { from: '2027-03-16' })],
    [['03-15', 10]],
    '03-15: 10 × 1 = 1000',
  ),
  adjusted(
    'E7 what comes late is judged by its own day',
    ONE,
    [surcharge(percent('10'), { to: '2027-03-31' })],
    [
      ['03-20', 10, '04-02'],
      ['04-03', 10],
    ],
    '04-15 of 2027-03: 10 × 1 = 1000',
    '04-15 of 2027-03: plus: 1 × 1 = 100',
    '04-15: 10 × 1 = 1000',
  ),
  adjusted(
    'E7 over halves each half is a line',
    ONE,
    [surcharge(percent('2.5'))],
    [
      ['03-05', 1],
      ['03-20', 1],
    ],
    '03-15: 1 × 1 = 100',
    '03-15: plus: 1 × 0.025 = 3',
    '03-31: 1 × 1 = 100',
    '03-31: plus: 1 × 0.025 = 3',
  ),
  adjusted(
    'E7 service months are apart',
    ONE,
    [surcharge(percent('10'))],
    [
      ['03-20', 10],
      ['04-03', 20],
      ['03-31', 5, '04-04'],
    ],
    '03-31: 10 × 1 = 1000',
    '03-31: plus: 1 × 1 = 100',
    '04-15 of 2027-03: 5 × 1 = 500',
    '04-15 of 2027-03: plus: 1 × 0.5 = 50',
    '04-15: 20 × 1 = 2000',
    '04-15: plus: 1 × 2 = 200',
  ),
  // corrections
  adjusted(
    'E7 a correction takes its surcharge along',
    ONE,
    [surcharge(percent('10'))],
    [
      ['03-05', 100],
      ['03-05', -30, '04-02'],
    ],
    '03-15: 100 × 1 = 10000',
    '03-15: plus: 1 × 10 = 1000',
    '04-15 of 2027-03: -30 × 1 = -3000',
    '04-15 of 2027-03: plus: 1 × -3 = -300',
  ),
  adjusted(
    'E10 and its discount',
    ONE,
    [discount(percent('10'))],
    [
      ['03-05', 100],
      ['03-05', -30, '04-02'],
    ],
    '03-15: 100 × 1 = 10000',
    '03-15: less: 1 × -10 = -1000',
    '04-15 of 2027-03: -30 × 1 = -3000',
    '04-15 of 2027-03: less: 1 × 3 = 300',
  ),
  // at most so much in a month
  adjusted(
    'E7 no more than its maximum of the month',
    ONE,
    [surcharge(percent('10'), { maximumPerMonth: '5.00' })],
    [['03-05', 80]],
    '03-15: 80 × 1 = 8000',
    '03-15: plus: 1 × 5 = 500',
  ),
  adjusted(
    'E7 the maximum goes over both halves',
    ONE,
    [surcharge(percent('10'), { maximumPerMonth: '5.00' })],
    [
      ['03-05', 30],
      ['03-20', 40],
    ],
    '03-15: 30 × 1 = 3000',
    '03-15: plus: 1 × 3 = 300',
    '03-31: 40 × 1 = 4000',
    '03-31: plus: 1 × 2 = 200',
  ),
  adjusted(
    'E7 each month has its own maximum',
    ONE,
    [surcharge(each('0.10'), { maximumPerMonth: '1.00' })],
    [
      ['03-20', 30],
      ['04-05', 30],
    ],
    '03-31: 30 × 1 = 3000',
    '03-31: plus: 1 × 1 = 100',
    '04-15: 30 × 1 = 3000',
    '04-15: plus: 1 × 1 = 100',
  ),
  adjusted(
    'E7 what comes late goes on in its own month',
    ONE,
    [surcharge(each('0.10'), { maximumPerMonth: '1.00' })],
    [
      ['03-20', 6],
      ['03-21', 6, '04-05'],
    ],
    '03-31: 6 × 1 = 600',
    '03-31: plus: 6 × 0.1 = 60',
    '04-15 of 2027-03: 6 × 1 = 600',
    '04-15 of 2027-03: plus: 1 × 0.4 = 40',
  ),
  adjusted(
    'E10 a discount has its maximum too',
    ONE,
    [discount(percent('50'), { maximumPerMonth: '2.00' })],
    [
      ['03-05', 3],
      ['03-20', 3],
    ],
    '03-15: 3 × 1 = 300',
    '03-15: less: 1 × -1.5 = -150',
    '03-31: 3 × 1 = 300',
    '03-31: less: 1 × -0.5 = -50',
  ),
  adjusted(
    'E7 a maximum that is just reached cuts nothing',
    ONE,
    [surcharge(each('0.10'), { maximumPerMonth: '1.00' })],
    [['03-05', 10]],
    '03-15: 10 × 1 = 1000',
    '03-15: plus: 10 × 0.1 = 100',
  ),
  // a month stays at its maximum as long as what is left would reach it: 8.00 − 3.00 are 5.00 still
  adjusted(
    'E7 a correction above the maximum gives nothing back',
    ONE,
    [surcharge(percent('10'), { maximumPerMonth: '5.00' })],
    [
      ['03-05', 80],
      ['03-05', -30, '04-02'],
    ],
    '03-15: 80 × 1 = 8000',
    '03-15: plus: 1 × 5 = 500',
    '04-15 of 2027-03: -30 × 1 = -3000',
    '04-15 of 2027-03: plus: 1 × 0 = 0',
  ),
  adjusted(
    'E7 and below it only what is below',
    ONE,
    [surcharge(percent('10'), { maximumPerMonth: '5.00' })],
    [
      ['03-05', 80],
      ['03-05', -40, '04-02'],
    ],
    '03-15: 80 × 1 = 8000',
    '03-15: plus: 1 × 5 = 500',
    '04-15 of 2027-03: -40 × 1 = -4000',
    '04-15 of 2027-03: plus: 1 × -1 = -100',
  ),
  adjusted(
    'E7 what the maximum cut in the second half counts too',
    ONE,
    [surcharge(percent('10'), { maximumPerMonth: '5.00' })],
    [
      ['03-05', 50],
      ['03-20', 30],
      ['03-05', -20, '04-02'],
    ],
    '03-15: 50 × 1 = 5000',
    '03-15: plus: 1 × 5 = 500',
    '03-31: 30 × 1 = 3000',
    '03-31: plus: 1 × 0 = 0',
    '04-15 of 2027-03: -20 × 1 = -2000',
    '04-15 of 2027-03: plus: 1 × 0 = 0',
  ),
  // a volume price that moves takes surcharges of its own days along, no others
  adjusted(
    'E7 a tier that moves corrects the surcharge of the days it had',
    VOLUME,
    [surcharge(percent('10'), { to: '2027-03-15' })],
    [
      ['03-05', 60],
      ['03-20', 60],
    ],
    '03-15: 60 × 5 = 30000',
    '03-15: plus: 1 × 30 = 3000',
    '03-31: volumeBack: -60 × 5 = -30000',
    '03-31: volumeAgain: 60 × 4 = 24000',
    '03-31: 60 × 4 = 24000',
    '03-31: plus: 1 × -6 = -600',
  ),
  adjusted(
    'E7 and none of days before it began',
    VOLUME,
    [surcharge(percent('10'), { from: '2027-03-16' })],
    [
      ['03-05', 60],
      ['03-20', 60],
    ],
    '03-15: 60 × 5 = 30000',
    '03-31: volumeBack: -60 × 5 = -30000',
    '03-31: volumeAgain: 60 × 4 = 24000',
    '03-31: 60 × 4 = 24000',
    '03-31: plus: 1 × 24 = 2400',
  ),
  adjusted(
    'E10 a discount all the month is of what the month comes to',
    VOLUME,
    [discount(percent('10'))],
    [
      ['03-05', 60],
      ['03-20', 60],
    ],
    '03-15: 60 × 5 = 30000',
    '03-15: less: 1 × -30 = -3000',
    '03-31: volumeBack: -60 × 5 = -30000',
    '03-31: volumeAgain: 60 × 4 = 24000',
    '03-31: 60 × 4 = 24000',
    '03-31: less: 1 × -18 = -1800',
  ),
  adjusted(
    'E7 a price per unit is not asked for twice',
    VOLUME,
    [surcharge(each('0.10'))],
    [
      ['03-05', 60],
      ['03-20', 60],
    ],
    '03-15: 60 × 5 = 30000',
    '03-15: plus: 60 × 0.1 = 600',
    '03-31: volumeBack: -60 × 5 = -30000',
    '03-31: volumeAgain: 60 × 4 = 24000',
    '03-31: 60 × 4 = 24000',
    '03-31: plus: 60 × 0.1 = 600',
  ),
  // tiers
  adjusted(
    'E10 a discount on tiers is of their rounded lines',
    tiers('graduated', ['1', '0.005'], [null, '0.015']),
    [discount(percent('50'))],
    [['03-05', 2]],
    '03-15: 1 × 0.005 = 1',
    '03-15: 1 × 0.015 = 2',
    '03-15: less: 1 × -0.015 = -2',
  ),
  adjusted(
    'E10 free units have nothing to be discounted',
    perUnit('2.00', { freeQuantity: '2' }),
    [discount(percent('25'))],
    [['03-05', 3]],
    '03-15: 2 × 0 = 0',
    '03-15: 1 × 2 = 200',
    '03-15: less: 1 × -0.5 = -50',
  ),
  adjusted(
    'E7 per unit counts free units too',
    perUnit('2.00', { freeQuantity: '2' }),
    [surcharge(each('0.10'))],
    [['03-05', 3]],
    '03-15: 2 × 0 = 0',
    '03-15: 1 × 2 = 200',
    '03-15: plus: 3 × 0.1 = 30',
  ),
];

let world: ScenarioWorld;
let billed: Map<string, string[]>;
beforeAll(async () => {
  world = await createScenarioWorld();
  billed = await billCases(world, CASES);
});
afterAll(() => world.close());

test.each(CASES)('$title', ({ title, lines }) => expect(billed.get(title)!.toSorted()).toEqual(lines.toSorted()));
