import { expect, test } from '@jest/globals';
import { claimedIds, provenIds } from '../../support/feature-claims.ts';

test('a row of a table claims the id it begins with', () => {
  const markdown = [
    'A1 in running text claims nothing, nor does',
    '| Id | What |',
    '| --- | --- |',
    '| D10 | Orders |',
    '|J2|Merchants|',
    '| see B4 | text before the id |',
    '| A1, A2 | two ids |',
    '| K14 | once |',
    '| K14 | and again |',
  ].join('\n');
  expect(claimedIds(markdown)).toEqual(['D10', 'J2', 'K14']);
});

test.each([
  ['K14 an announced event is delivered once', ['K14']],
  ['K14: an announced event', ['K14']],
  ['an announced event (K14)', []],
  ['K14a something else', []],
  ['K14-like', []],
  ['B2B orders', []],
  ['EN16931 is obeyed', []],
  ['k14 in small letters', []],
])('the title %j proves %j', (title, ids) => expect(provenIds([title])).toEqual(ids));

test('proven ids are sorted by area and number, each once', () =>
  expect(provenIds(['D10 a', 'D9 b', 'A100 c', 'D10 d'])).toEqual(['A100', 'D9', 'D10']));
