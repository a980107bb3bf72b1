import { expect, test } from '@jest/globals';
import type { ChargeAttributes } from '../../../services/billing/domain/charge-fact.ts';
import { versionErrors } from '../../../services/billing/domain/rate-card.ts';
import { rate, type RateBook, type RateCard, type RateRule } from '../../../services/billing/domain/rating.ts';
import { parseMicros } from '../../../shared/kernel/decimal.ts';
import { rateRule, type RateConditions, type RateRuleInput } from '../../../shared/protocol/billing/rate-card.ts';

const ruleErrors = (rules: RateRuleInput[], path: string) =>
  versionErrors({ rules, adjustments: [], minimums: [] }, path.replace(/rules$/, ''));

const rule = (key: string, overrides: Partial<RateRule> = {}): RateRule => ({
  id: `id-${key}`,
  key,
  priority: 100,
  conditions: {},
  model: { type: 'perUnit', unitPrice: '1.00' },
  unit: 'parcel',
  ...overrides,
});
const card = (
  code: string,
  versions: [version: number, validFrom: string, rules: RateRule[]][],
  merchantId: string | null = null,
): RateCard => ({
  code,
  merchantId,
  versions: versions
    .map(([version, validFrom, rules]) => ({
      id: `${code}#${version}`,
      version,
      validFrom,
      rules: new Map([['freight', rules.toSorted((a, b) => b.priority - a.priority)]]),
      adjustments: [],
      minimums: [],
    }))
    .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version),
});
const book = (
  cards: RateCard[],
  { base, contracts }: { base?: RateCard; contracts?: [string, string | null][] } = {},
): RateBook => ({
  merchants: new Map([
    [
      'm',
      (contracts ?? [['2026-01-01', cards[0]?.code ?? null]]).map(([startsOn, rateCardCode]) => ({
        startsOn,
        endsOn: null,
        rateCardCode,
      })),
    ],
  ]),
  cards: new Map(cards.map((one) => [one.code, one])),
  base,
});
const freight = (attributes: ChargeAttributes = {}, overrides = {}) => ({
  merchantId: 'm',
  chargeType: 'freight',
  serviceDate: '2026-10-15',
  unit: 'parcel',
  unitDecides: false,
  quantityMicros: parseMicros('2'),
  attributes,
  ...overrides,
});
const matches = (conditions: RateConditions, attributes: ChargeAttributes) =>
  rate(freight(attributes), book([card('c', [[1, '2020-01-01', [rule('r', { conditions })]]])])).matched !== null;

test.each<[RateConditions, ChargeAttributes, boolean]>([
  [{}, {}, true],
  [{ countries: ['DE', 'AT'] }, { country: 'AT' }, true],
  [{ countries: ['DE'] }, { country: 'AT' }, false],
  [{ countries: ['DE'] }, {}, false],
  [{ countriesNot: ['DE'] }, { country: 'AT' }, true],
  [{ countriesNot: ['DE'] }, { country: 'DE' }, false],
  [{ countriesNot: ['DE'] }, {}, false],
  [{ weightGramsUpTo: 2000 }, { weightGrams: 2000 }, true],
  [{ weightGramsUpTo: 2000 }, { weightGrams: 2001 }, false],
  [{ weightGramsOver: 2000 }, { weightGrams: 2000 }, false],
  [{ weightGramsOver: 2000 }, { weightGrams: 2001 }, true],
  [{ weightGramsOver: 2000, weightGramsUpTo: 5000 }, { weightGrams: 5000 }, true],
  [{ weightGramsUpTo: 2000 }, {}, false],
  [{ carriers: ['DHL'] }, { carrier: 'DHL' }, true],
  [{ carriers: ['DHL'] }, { carrier: 'UPS' }, false],
  [{ carriers: ['DHL'] }, { carrier: null }, false],
  [{ channels: ['shop'] }, { channel: 'shop' }, true],
  [{ channels: ['shop'] }, { channel: 'b2b' }, false],
  [{ codes: ['relabel'] }, { code: 'relabel' }, true],
  [{ codes: ['relabel'] }, { code: 'kitting' }, false],
  [{ returnKinds: ['complaint'] }, { returnKind: 'complaint' }, true],
  [{ returnKinds: ['complaint'] }, { returnKind: 'withdrawal' }, false],
  [{ grades: ['A', 'B'] }, { grades: ['A', 'B'] }, true],
  [{ grades: ['A', 'B'] }, { grades: ['A', 'C'] }, false],
  [{ grades: ['A'] }, { grades: [] }, false],
  [{ methods: ['palletDay'] }, { method: 'palletDay' }, true],
  [{ methods: ['palletDay'] }, { method: 'binDay' }, false],
])('a rule for %j and an event with %j', (conditions, attributes, expected) =>
  expect(matches(conditions, attributes)).toBe(expected),
);

test('the highest priority wins and the trace says what spoke against the others', () => {
  const rules = [
    rule('world', { priority: 100 }),
    rule('de', { priority: 300, conditions: { countries: ['DE'] }, model: { type: 'perUnit', unitPrice: '4.29' } }),
    rule('at', { priority: 300, conditions: { countries: ['AT'] } }),
    rule('heavy', { priority: 400, conditions: { weightGramsOver: 2000 } }),
  ];
  const rating = rate(
    freight({ country: 'DE', weightGrams: 900 }),
    book([card('standard', [[3, '2026-01-01', rules]])]),
  );
  expect(rating.matched).toEqual({ ruleId: 'id-de', ruleKey: 'de', versionId: 'standard#3' });
  expect(rating.trace).toEqual({
    measured: '2',
    quantity: '2',
    card: 'standard',
    version: 3,
    validFrom: '2026-01-01',
    rule: 'de',
    priority: 300,
    price: { type: 'perUnit', unitPrice: '4.29' },
    rejected: { 'standard#3': { WEIGHT: ['heavy'], COUNTRY: ['at'], PRIORITY: ['world'] } },
  });
});

test.each([
  ['2026-09-30', 1],
  ['2026-10-01', 2],
  ['2026-10-09', 2],
  ['2026-10-10', 4],
  ['2027-01-01', 4],
])('on %s version %i is valid: the latest start, of equal ones the highest version', (serviceDate, version) => {
  const versions = card('c', [
    [1, '2026-01-01', [rule('r')]],
    [2, '2026-10-01', [rule('r')]],
    [3, '2026-10-10', [rule('r')]],
    [4, '2026-10-10', [rule('r')]],
  ]);
  expect(rate(freight({}, { serviceDate }), book([versions])).trace.version).toBe(version);
});

const own = card('own', [[1, '2026-06-01', [rule('own-de', { conditions: { countries: ['DE'] } })]]]);
const base = card('base', [[1, '2020-01-01', [rule('base-all')]]]);

test.each([
  ['the own card goes before the base card', 'DE', '2026-10-15', 'own-de'],
  ['what it does not price the base card does', 'AT', '2026-10-15', 'base-all'],
  ['before it is valid the base card prices', 'DE', '2026-05-31', 'base-all'],
])('%s', (_title, country, serviceDate, key) =>
  expect(rate(freight({ country }, { serviceDate }), book([own, base], { base })).matched?.ruleKey).toBe(key),
);

test.each<[string, string | null]>([
  ['2026-01-31', 'old'],
  ['2026-02-01', 'new'],
  ['2025-12-31', 'base-all'],
])('on %s the card of the contract that began last counts (%s)', (serviceDate, key) => {
  const cards = ['old', 'new'].map((code) => card(code, [[1, '2020-01-01', [rule(code)]]]));
  const contracts: [string, string][] = [
    ['2026-02-01', 'new'],
    ['2026-01-01', 'old'],
  ];
  expect(rate(freight({}, { serviceDate }), book([...cards, base], { base, contracts })).matched?.ruleKey).toBe(key);
});

test.each([
  ['MERCHANT_UNKNOWN', freight({}, { merchantId: 'stranger' }), book([own])],
  ['CARD_MISSING', freight(), book([], { base, contracts: [['2026-01-01', 'not-imported-yet']] })],
  ['CARD_MISSING', freight(), book([card('x', [[1, '2020-01-01', [rule('r')]]], 'another merchant')])],
  ['NO_VERSION', freight({ country: 'DE' }, { serviceDate: '2026-05-31' }), book([own])],
  ['NO_RULE', freight({ country: 'AT' }), book([own])],
  ['NO_RULE', freight({ country: 'DE' }, { chargeType: 'pack' }), book([own])],
  ['AMBIGUOUS', freight(), book([card('c', [[1, '2020-01-01', [rule('a'), rule('b')]]])])],
  ['VOLUME_MISSING', freight({ blocked: 'VOLUME_MISSING' }), book([card('c', [[1, '2020-01-01', [rule('a')]]])])],
])('without a price the charge is unrated: %s', (reason, fact, rateBook) => {
  const rating = rate(fact, rateBook);
  expect(rating.matched).toBeNull();
  expect(rating.trace.reason).toBe(reason);
});

test('a price per minute is never applied to hours', () => {
  const rules = [rule('minute', { unit: 'minute' })];
  const rating = rate(freight({}, { unit: 'hour', unitDecides: true }), book([card('c', [[1, '2020-01-01', rules]])]));
  expect(rating.trace).toMatchObject({ reason: 'NO_RULE', rejected: { 'c#1': { UNIT: ['minute'] } } });
});

test('a flat price bills one, whatever was measured', () => {
  const flat = rule('flat', { model: { type: 'flat', amount: '3.50' } });
  const { quantityMicros, trace } = rate(freight(), book([card('c', [[1, '2020-01-01', [flat]]])]));
  expect([quantityMicros, trace.measured, trace.quantity]).toEqual([1_000_000n, '2', '1']);
});

const input = (key: string, conditions: RateConditions = {}, overrides = {}) =>
  rateRule.parse({
    key,
    chargeType: 'freight',
    priority: 100,
    conditions,
    model: { type: 'perUnit', unitPrice: '1' },
    label: { de: key, en: key },
    unit: 'parcel',
    ...overrides,
  });

test.each<[string, RateConditions, RateConditions, object, boolean]>([
  ['equal conditions', {}, {}, {}, true],
  ['one without conditions', { countries: ['DE'] }, {}, {}, true],
  ['other priorities', {}, {}, { priority: 200 }, false],
  ['other types', {}, {}, { chargeType: 'pack' }, false],
  ['countries apart', { countries: ['DE'] }, { countries: ['AT', 'CH'] }, {}, false],
  ['a country in common', { countries: ['DE', 'AT'] }, { countries: ['AT', 'CH'] }, {}, true],
  ['a list and its exclusion', { countries: ['DE'] }, { countriesNot: ['DE'] }, {}, false],
  ['a list partly excluded', { countries: ['DE', 'AT'] }, { countriesNot: ['DE'] }, {}, true],
  ['two exclusions', { countriesNot: ['AT'] }, { countriesNot: ['DE'] }, {}, true],
  ['weight bands that touch', { weightGramsUpTo: 2000 }, { weightGramsOver: 2000 }, {}, false],
  ['weight bands that overlap', { weightGramsUpTo: 2001 }, { weightGramsOver: 2000 }, {}, true],
  [
    'a band inside another',
    { weightGramsOver: 0, weightGramsUpTo: 9000 },
    { weightGramsOver: 2000, weightGramsUpTo: 5000 },
    {},
    true,
  ],
  ['carriers apart', { carriers: ['DHL'] }, { carriers: ['UPS'] }, {}, false],
  ['different questions', { carriers: ['DHL'] }, { channels: ['shop'] }, {}, true],
])('E4 two rules with %s', (_title, left, right, overrides, overlap) => {
  const errors = ruleErrors([input('left', left), input('right', right, overrides)], 'rules');
  expect(errors.map(({ code }) => code)).toEqual(overlap ? ['RULES_OVERLAP'] : []);
  if (overlap)
    expect(errors[0]).toMatchObject({ path: 'rules.1.priority', message: expect.stringMatching(/left.*right/) });
});

test('E4 rules for different units of a special job do not overlap', () =>
  expect(
    ruleErrors(
      [
        input('a', {}, { chargeType: 'special_job', unit: 'minute' }),
        input('b', {}, { chargeType: 'special_job', unit: 'piece' }),
      ],
      'rules',
    ),
  ).toEqual([]));

test('an unknown type and a condition its events cannot meet are refused', () => {
  expect(ruleErrors([input('a', {}, { chargeType: 'teleport' })], 'rules')).toMatchObject([
    { path: 'rules.0.chargeType', code: 'CHARGE_TYPE_UNKNOWN' },
  ]);
  expect(ruleErrors([input('a', { countries: ['DE'] }, { chargeType: 'software_fee' })], 'rules')).toMatchObject([
    { path: 'rules.0.conditions.countries', code: 'CONDITION_NOT_APPLICABLE' },
  ]);
});

test.each([
  ['software_fee', { type: 'flat', amount: '69.00' }, true],
  ['software_fee', { type: 'package', unitPrice: '69.00', size: '1' }, true],
  ['software_user', { type: 'flat', amount: '5.00' }, true],
  ['software_user', { type: 'package', unitPrice: '5.00', size: '10' }, true],
  ['software_fee', { type: 'perUnit', unitPrice: '69.00' }, false],
  ['software_user', { type: 'volume', tiers: [{ upTo: null, unitPrice: '5' }] }, false],
  ['return_photo', { type: 'flat', amount: '0.50' }, false],
])('D12 what is owed by days takes no price that bills a part as a whole: %s, %o', (chargeType, model, refused) => {
  const errors = ruleErrors([input('a', {}, { chargeType, model, unit: 'month' })], 'rules');
  expect(errors.map(({ path, code }) => [path, code])).toEqual(
    refused ? [['rules.0.model.type', 'MODEL_NOT_PRORATED']] : [],
  );
});

test('E4 words of a line that say nothing are refused by their field', () => {
  const words = (de: string, en: string) => ({ label: { de, en } });
  const adjustment = {
    key: 'peak',
    kind: 'surcharge',
    ...words('Peak', ' '),
    value: { type: 'percent', percent: '5' },
  };
  const minimum = { key: 'month', ...words('\u200B', 'Minimum'), amount: '100' };
  const errors = versionErrors(
    {
      rules: [input('a', {}, { ...words(' ', 'Pack'), unit: ' ' })],
      adjustments: [adjustment as never],
      minimums: [minimum as never],
    },
    'versions.0.',
  );
  expect(errors.map(({ path, code }) => [path, code])).toEqual([
    ...['rules.0.label.de', 'rules.0.unit', 'adjustments.0.label.en', 'minimums.0.label.de'].map((path) => [
      `versions.0.${path}`,
      'REQUIRED',
    ]),
  ]);
});
