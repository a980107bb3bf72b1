import { expect, test } from '@jest/globals';
import { absoluteLink, roundedExpiry, signPath, verifyPath } from '../../../shared/links/path.ts';
import { signToken } from '../../../shared/links/token.ts';

const KEY = new Uint8Array(32).fill(7);
const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-24T10:05:00Z');
const PATH = '/api/v1/photos/0198c0de-0000-7000-8000-000000000001/thumb';

const queryOf = (link: string) => {
  const { expires = '', signature = '' } = Object.fromEntries(new URL(link, 'http://localhost').searchParams);
  return { expires, signature };
};
const outcome = (path: string, query: { expires: string; signature: string }, now = NOW, key = KEY): string => {
  try {
    return verifyPath(key, path, query, now).toISOString();
  } catch (error) {
    const { code, type } = error as { code: number; type: string };
    return `${code} ${type}`;
  }
};

test('B5 a signed link is good for its path until it ends', () => {
  const link = signPath(KEY, PATH, LATER);
  expect(link.startsWith(`${PATH}?expires=1795514700&signature=`)).toBe(true);
  expect(outcome(PATH, queryOf(link))).toBe(LATER.toISOString());
  expect(outcome(PATH, queryOf(link), new Date(LATER.getTime() - 1))).toBe(LATER.toISOString());
  expect(outcome(PATH, queryOf(link), LATER)).toBe('403 LINK_EXPIRED');
});

test.each([
  ['another size', PATH.replace('thumb', 'full')],
  ['another photo', PATH.replace('000001', '000002')],
  ['a longer path', `${PATH}/x`],
  ['nothing', ''],
])('B5 a signed link is no good for %s', (_, path) => {
  expect(outcome(path, queryOf(signPath(KEY, PATH, LATER)))).toBe('403 LINK_INVALID');
});

test('B5 a signed link cannot be prolonged, and no other signature serves', () => {
  const { expires, signature } = queryOf(signPath(KEY, PATH, LATER));
  const tried = [
    { expires: String(Number(expires) + 1), signature },
    { expires: `${expires}0`, signature },
    { expires: `${expires} `, signature },
    { expires: '', signature },
    { expires: 'NaN', signature },
    { expires, signature: '' },
    { expires, signature: signature.slice(1) },
    { expires, signature: `${signature}=` },
    { expires, signature: 'ä'.repeat(43) },
    { expires, signature: signToken(KEY, 'path', PATH, LATER).split('.')[1]! },
  ];
  expect(tried.map((query) => outcome(PATH, query))).toEqual(tried.map(() => '403 LINK_INVALID'));
  expect(outcome(PATH, { expires, signature }, NOW, new Uint8Array(32))).toBe('403 LINK_INVALID');
});

test('links made within five minutes are equal and live five to ten minutes', () => {
  const step = 300_000;
  expect(roundedExpiry(new Date('2026-11-24T10:00:01Z'), step).toISOString()).toBe('2026-11-24T10:10:00.000Z');
  expect(roundedExpiry(new Date('2026-11-24T10:04:59.999Z'), step).toISOString()).toBe('2026-11-24T10:10:00.000Z');
  expect(roundedExpiry(new Date('2026-11-24T10:05:00Z'), step).toISOString()).toBe('2026-11-24T10:10:00.000Z');
});

test.each([
  ['https://kontor.example.com', 'https://kontor.example.com/api/v1/x?expires=1'],
  ['https://example.com/kontor/', 'https://example.com/kontor/api/v1/x?expires=1'],
])('an address at %s', (publicUrl, expected) => {
  expect(absoluteLink(publicUrl, '/api/v1/x?expires=1')).toBe(expected);
});
