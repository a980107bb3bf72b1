import { expect, test } from '@jest/globals';
import { compilePattern, groupCount, matchesPattern } from '../../../services/sync/domain/safe-pattern.ts';
import { ends } from '../../support/ends.ts';

test.each([
  ['^\\d{5}[A-Z]{0,2}$', '85123A', true],
  ['^\\d{5}[A-Z]{0,2}$', '85123ABC', false],
  ['^(?:foo|bar)-\\d+$', 'bar-12', true],
  ['^[\\]a]{2}$', ']a', true],
  ['^\\p{Lu}\\u{20AC}$', 'Ä€', true],
  ['a.*b', 'xx a1 b', true],
  ['^(ab)+$', 'ababab', true],
])('%s on %s gives %s', (source, text, matched) => {
  expect(matchesPattern(compilePattern(source), text)).toBe(matched);
});

test.each([
  ['(a+)+$', /repetition/],
  ['^(a|aa)+$', /repetition/],
  ['^(\\w*\\d*){2,}$', /repetition/],
  ['^((a{1,50}){1,50})$', /repetition/],
  ['(a)\\1', /Back-references/],
  ['(?<x>a)\\k<x>', /special groups|Back-references/],
  ['(?=a)b', /special groups/],
  ['(?<!a)b', /special groups/],
  ['.*.*', /too many ways/],
  ['^a*a*a*$', /too many ways/],
  ['^(a?){30}a{30}$', /repetition/],
  ['^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?$', /too many ways/],
  ['(', /not a regular expression/],
  ['[b-a]', /not a regular expression/],
  ['x'.repeat(201), /at most 200/],
])('refuses %s', (source, message) => {
  expect(() => compilePattern(source)).toThrow(message);
});

test('a probe of a megabyte never reaches an accepted pattern', () => {
  const pattern = compilePattern('^a*a*$');
  expect(ends(() => matchesPattern(pattern, `${'a'.repeat(1_000_000)}b`))).toBe(false);
});

test.each(['^a*a*$', '^\\w*\\d*x$', 'a*$', '^(?:a|b)?a*[ab]*$'])('the worst text stays quick under %s', (source) => {
  const pattern = compilePattern(source);
  const worst = [`${'1a'.repeat(49)}!`, `${'a'.repeat(99)}!`];
  const rounds = Array.from({ length: 200 }, () => worst).flat();
  expect(ends(() => rounds.map((text) => typeof pattern.test(text)))).toEqual(rounds.map(() => 'boolean'));
});

test.each([
  ['^(\\d{3})', 1],
  ['^\\d{3}', 0],
  ['^(\\d)(?:-)([A-Z])', 2],
])('%s has %i groups', (source, count) => {
  expect(groupCount(compilePattern(source))).toBe(count);
});
