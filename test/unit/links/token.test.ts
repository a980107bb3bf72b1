import { expect, test } from '@jest/globals';
import { readToken, signToken } from '../../../shared/links/token.ts';

const KEY = new Uint8Array(32).fill(7);
const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-24T10:05:00Z');
const payload = { itemId: '0198c0de-0000-7000-8000-000000000001', name: 'Wäsche' };

const outcome = (token: string, { key = KEY, purpose = 'decision', now = NOW } = {}): unknown => {
  try {
    return readToken(key, purpose, token, now);
  } catch (error) {
    const { code, type } = error as { code: number; type: string };
    return `${code} ${type}`;
  }
};

test('a token gives its payload back, for its purpose', () => {
  const token = signToken(KEY, 'decision', payload, LATER);
  expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  expect(outcome(token)).toEqual(payload);
});

test('a token of another purpose or key is unknown', () => {
  const token = signToken(KEY, 'decision', payload, LATER);
  expect(outcome(token, { purpose: 'invitation' })).toBe('404 LINK_NOT_FOUND');
  expect(outcome(token, { purpose: 'decisio' })).toBe('404 LINK_NOT_FOUND');
  expect(outcome(token, { key: new Uint8Array(32).fill(8) })).toBe('404 LINK_NOT_FOUND');
});

test('a token ends with its last second', () => {
  const token = signToken(KEY, 'decision', payload, LATER);
  expect(outcome(token, { now: new Date(LATER.getTime() - 1) })).toEqual(payload);
  expect(outcome(token, { now: LATER })).toBe('410 LINK_EXPIRED');
});

test('whatever is changed, cut or invented is unknown, not a failure', () => {
  const token = signToken(KEY, 'decision', payload, LATER);
  const [body, signature] = token.split('.') as [string, string];
  const longer = Buffer.from(JSON.stringify([4_000_000_000, payload])).toString('base64url');
  const forged = [
    `${longer}.${signature}`,
    `${body}.`,
    `.${signature}`,
    `${body}.${signature}=`,
    `${body}.${signature}.`,
    `${body}`,
    '',
    '.',
    'ä'.repeat(50),
    'a'.repeat(100_000),
    '[1].{}',
    token.slice(0, -1),
    ` ${token}`,
  ];
  expect(forged.map((text) => outcome(text))).toEqual(forged.map(() => '404 LINK_NOT_FOUND'));
});

test('every single character counts', () => {
  const token = signToken(KEY, 'decision', payload, LATER);
  const swapped = [...token].map((char, at) => token.slice(0, at) + (char === 'A' ? 'B' : 'A') + token.slice(at + 1));
  const survivors = swapped.filter((text) => text !== token && outcome(text) !== '404 LINK_NOT_FOUND');
  expect(survivors).toEqual([]);
});

test('what would not fit into a link is refused where it is made', () => {
  expect(() => signToken(KEY, 'decision', 'x'.repeat(2_000), LATER)).toThrow(/characters/);
});
