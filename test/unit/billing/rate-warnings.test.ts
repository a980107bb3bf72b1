import { expect, test } from '@jest/globals';
import { covers } from '../../../services/billing/domain/conditions.ts';
import { rateGaps } from '../../../services/billing/domain/rate-gaps.ts';
import { versionWarnings } from '../../../services/billing/domain/rate-warnings.ts';
import { plainCell, safeCell } from '../../../shared/csv/safe-cell.ts';
import { rateRule, type RateConditions } from '../../../shared/protocol/billing/rate-card.ts';

const rule = (key: string, conditions: RateConditions, more: object = {}) =>
  rateRule.parse({
    ...{ key, chargeType: 'freight', priority: 100, conditions, unit: 'parcel', label: { de: key, en: key } },
    ...{ model: { type: 'perUnit', unitPrice: '1' }, ...more },
  });

test.each<[string, RateConditions, RateConditions, boolean]>([
  ['no condition covers any', {}, { countries: ['DE'] }, true],
  ['a condition does not cover none', { countries: ['DE'] }, {}, false],
  ['more countries cover fewer', { countries: ['DE', 'AT'] }, { countries: ['AT'] }, true],
  ['fewer countries do not cover more', { countries: ['AT'] }, { countries: ['DE', 'AT'] }, false],
  ['countries less the excluded ones', { countries: ['DE'] }, { countries: ['DE', 'AT'], countriesNot: ['AT'] }, true],
  ['an exclusion covers others', { countriesNot: ['DE'] }, { countries: ['AT'] }, true],
  ['an exclusion does not cover the excluded', { countriesNot: ['DE'] }, { countries: ['DE'] }, false],
  ['an exclusion covers a larger one', { countriesNot: ['DE'] }, { countriesNot: ['DE', 'AT'] }, true],
  ['an exclusion asks for a country', { countriesNot: ['DE'] }, {}, false],
  ['a wider band', { weightGramsUpTo: 5_000 }, { weightGramsOver: 1_000, weightGramsUpTo: 2_000 }, true],
  ['a narrower band', { weightGramsOver: 1_000 }, { weightGramsUpTo: 2_000 }, false],
  ['a band asks for a weight', { weightGramsOver: 0 }, {}, false],
  ['grades', { grades: ['A', 'B'] }, { grades: ['A'] }, true],
  ['tags', { tags: ['a'] }, { tags: ['a', 'b'] }, false],
])('E4 %s', (_what, wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test('E4 weights and countries that no rule prices are named, what another condition may cover is not', () => {
  const messages = (...rules: ReturnType<typeof rule>[]) => rateGaps(rules, 'rules').map(({ message }) => message);
  const small = rule('small', { countries: ['DE', 'AT'], weightGramsUpTo: 5_000 });
  const large = rule('large', { countries: ['DE'], weightGramsOver: 5_000, weightGramsUpTo: 31_500 });
  expect(messages(small, large)).toEqual([
    'Nothing prices freight up to 5000 g in countries that no rule names',
    'Nothing prices freight over 5000 g up to 31500 g in AT, countries that no rule names',
    'Nothing prices freight over 31500 g',
  ]);
  expect(messages(small, large, rule('dhl', { carriers: ['DHL'] }))).toEqual([]);
  expect(messages(rule('not', { countriesNot: ['CH'] }))).toEqual(['Nothing prices freight in CH']);
  expect(messages(rule('de', { countries: ['DE'] }), rule('rest', { countriesNot: ['DE'] }))).toEqual([]);
});

test('E4 gaps of an own card are the base card’s business; tiers whose price rises are told, free units are not', () => {
  const tiers = [
    { upTo: '10', unitPrice: '1' },
    { upTo: '20', unitPrice: '1.50' },
    { upTo: null, unitPrice: '0.90' },
  ];
  const rules = [
    rule('up', { countries: ['DE'] }, { model: { type: 'graduated', tiers } }),
    rule('free', {}, { chargeType: 'pack', model: { type: 'perUnit', unitPrice: '1', freeQuantity: '3' } }),
  ];
  const codes = (hasFallback: boolean) =>
    versionWarnings({ rules }, { hasFallback }).map(({ code, path }) => [code, path]);
  expect(codes(true)).toEqual([['TIERS_RISE', 'rules.0.model.tiers.1.unitPrice']]);
  expect(codes(false)).toEqual([
    ['GAP', 'rules'],
    ['TIERS_RISE', 'rules.0.model.tiers.1.unitPrice'],
  ]);
});

test.each(['=1+1', "'=1", "''=1", 'a;=1', "a;'=1", '@x', '-5', '+4 9', 'a|b', "'quoted'", '12,5', ' x', 'plain'])(
  'J17 a cell made harmless reads as it was: %s',
  (cell) => {
    const written = safeCell(cell);
    const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    expect(plainCell(read)).toBe(cell);
  },
);
