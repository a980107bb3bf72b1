import type { Adjustment, RateCard, RateModel, RateRule } from '../../oracle/rate-card.ts';
import { card, label, minimum, perUnit, rule, tiers } from './card-parts.ts';

/** The card that prices what no merchant's own card does; dearer freight from March, dearer picking from July. */
export function baseCard(): RateCard {
  const first = { rules: baseRules('4.29', '0.35'), adjustments: [fuel('3.25'), PEAK], minimums: [minimum('45.00')] };
  return card('real-base', [
    { validFrom: '2010-01-01', ...first },
    { validFrom: '2011-03-10', ...first, rules: baseRules('4.485', '0.35'), adjustments: [fuel('4.1'), PEAK] },
    { validFrom: '2011-07-16', ...first, rules: baseRules('4.485', '0.3725'), adjustments: [fuel('4.1'), PEAK] },
  ]);
}

/** Cards of merchants, a few models each; what one does not price the base card does. */
export function ownCards(): RateCard[] {
  return [GRADUATED, VOLUME, PACKAGES, FREE, FLAT, SHARES, ZONES, LINES_AND_WEIGHT];
}

const fuel = (percent: string): Adjustment => ({
  ...{ key: 'fuel', kind: 'surcharge', label: label('fuel'), groups: ['freight'], value: { type: 'percent', percent } },
});
const PEAK: Adjustment = {
  ...{ key: 'peak', kind: 'surcharge', label: label('peak'), from: '2011-02-12', to: '2011-05-14' },
  chargeTypes: ['pack'],
  ...{ value: { type: 'perUnit', unitPrice: '0.015' }, maximumPerMonth: '2.25' },
};

const baseRules = (freight: string, pick: string): RateRule[] => [
  rule('pick_first', perUnit('1.35')),
  rule('pick_further', tiers('graduated', ['1000', pick], ['5000', '0.29'], [null, '0.245'])),
  rule('pack', perUnit('0.85')),
  rule('material', perUnit('0.385')),
  rule('freight', perUnit(freight), {
    key: 'freight-gb',
    priority: 200,
    conditions: { countries: ['GB'], weightGramsUpTo: 5000 },
  }),
  rule('freight', perUnit('9.905'), {
    key: 'freight-gb-heavy',
    priority: 200,
    conditions: { countries: ['GB'], weightGramsOver: 5000 },
  }),
  rule('freight', perUnit('18.5')),
  rule('carrier_surcharge', { type: 'costPlus', percent: '10', minimumMargin: '0.25' }),
  rule('software_fee', perUnit('69.00')),
  ...STORAGE,
];

/** A price for every method, and for goods of an age by the day. */
const DAYS: [unit: string, model: RateModel][] = [
  ['bin_day', perUnit('7.53', { perDaysOfMonth: true })],
  ['pallet_day', perUnit('0.4275')],
  ['m3_day', perUnit('31.77', { perDaysOfMonth: true })],
  ['piece_day', tiers('graduated', ['1500', '0.0213'], ['60000', '0.0178'], [null, '0.0099'])],
];
const MONTHS: [unit: string, model: RateModel][] = [
  ['bin_month', perUnit('7.5')],
  ['pallet_month', perUnit('11.905')],
  ['m3_month', perUnit('29.95')],
  ['piece_month', tiers('volume', ['200', '0.31'], [null, '0.2875'])],
];
const STORAGE = [
  ...[...DAYS, ...MONTHS].map(([unit, model]) => rule('storage', model, { key: unit, unit })),
  ...DAYS.flatMap(([unit]) => [
    rule('storage', perUnit('0'), { key: `${unit}-free`, unit, priority: 200, conditions: { ageDaysUpTo: 5 } }),
    rule('storage', perUnit('0.0555'), { key: `${unit}-old`, unit, priority: 200, conditions: { ageDaysOver: 10 } }),
  ]),
];

const GRADUATED = card('real-graduated', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('pick_first', tiers('graduated', ['20', '1.4'], ['200', '1.25'], [null, '1.105'])),
      rule('pick_further', tiers('graduated', ['50', '0.333333'], ['400', '0.2875'], [null, '0.2019'])),
    ],
    minimums: [minimum('120.00')],
  },
  {
    // in the second half of a month: tiers go on, each unit at the price of its day
    validFrom: '2011-01-20',
    rules: [
      rule('pick_first', tiers('graduated', ['20', '1.45'], ['150', '1.3'], [null, '1.155'])),
      rule('pick_further', tiers('graduated', ['50', '0.34'], ['400', '0.295'], [null, '0.205'])),
    ],
    minimums: [minimum('135.50')],
  },
]);

const VOLUME = card('real-volume', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('freight', tiers('volume', ['12', '4.9'], ['90', '4.555'], [null, '4.205'])),
      rule('pack', tiers('volume', ['10', '0.9'], ['30', '0.81'], ['300', '0.7333'], [null, '0.7'])),
    ],
    minimums: [minimum('150.00', ['fulfilment', 'software'])],
  },
]);

const PACKAGES = card('real-packages', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('pick_further', { type: 'package', size: '12', unitPrice: '2.145' }),
      rule('material', perUnit('37.5', { baseQuantity: '100' })),
      rule('freight', perUnit('4.405')),
    ],
  },
]);

const FREE = card('real-free', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('pick_first', perUnit('1.295', { freeQuantity: '8' })),
      rule('pick_further', perUnit('0.3105', { freeQuantity: '40' })),
    ],
    adjustments: [
      {
        ...{ key: 'welcome', kind: 'discount', label: label('welcome'), from: '2011-01-10', to: '2011-06-30' },
        ...{ groups: ['fulfilment'], value: { type: 'percent', percent: '7.25' } },
      },
    ],
    minimums: [minimum('60.00')],
  },
]);

const FLAT = card('real-flat', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('pick_first', { type: 'flat', amount: '1.505' }),
      rule('pick_further', { type: 'flat', amount: '2.255' }),
      rule('freight', { type: 'flat', amount: '6.45' }),
    ],
    adjustments: [
      {
        ...{ key: 'own', kind: 'discount', label: label('own'), rules: ['freight'] },
        ...{ value: { type: 'perUnit', unitPrice: '0.125' }, maximumPerMonth: '4.00' },
      },
    ],
    minimums: [minimum('99.99')],
  },
]);

const SHARES = card('real-shares', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule(
        'carrier_surcharge',
        { type: 'percentage', percent: '112.5', minimum: '2.50', maximum: '40.00' },
        {
          ...{ key: 'remote', priority: 200, conditions: { codes: ['remote_area', 'toll'] } },
        },
      ),
      rule('carrier_surcharge', { type: 'costPlus', percent: '15.25', minimumMargin: '0.75' }),
    ],
    adjustments: [{ ...fuel('2.05'), maximumPerMonth: '5.50' }],
  },
]);

const ZONES = card('real-zones', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('freight', perUnit('5.115'), { key: 'home', priority: 200, conditions: { countries: ['GB', 'IE'] } }),
      rule('freight', perUnit('8.888888'), {
        ...{
          key: 'near-light',
          priority: 100,
          conditions: { countriesNot: ['GB', 'IE', 'AU', 'JP', 'US', 'BR', 'ZA'], weightGramsUpTo: 2000 },
        },
      }),
      rule('freight', perUnit('12.34'), {
        ...{
          key: 'near-heavy',
          priority: 100,
          conditions: { countriesNot: ['GB', 'IE', 'AU', 'JP', 'US', 'BR', 'ZA'], weightGramsOver: 2000 },
        },
      }),
    ],
  },
]);

const LINES_AND_WEIGHT = card('real-lines', [
  {
    validFrom: '2010-01-01',
    rules: [
      rule('pick_line', perUnit('0.195')),
      rule('pick_weight', perUnit('0.04725')),
      rule('pick_further', perUnit('0')),
    ],
  },
]);
