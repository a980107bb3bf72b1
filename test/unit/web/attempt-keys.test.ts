import { expect, test } from '@jest/globals';
import { attemptKeys } from '../../../web/src/app/api/attempt-keys.ts';

const lost = () => Promise.reject(new Error('no answer'));

/** Sends through one form; `outcomes` says what becomes of each attempt. @returns the keys as they went out */
async function keysOf(...attempts: readonly (readonly [input: unknown, arrives: boolean])[]): Promise<string[]> {
  const attempt = attemptKeys();
  const keys: string[] = [];
  for (const [input, arrives] of attempts)
    await attempt(input, (key) => {
      keys.push(key);
      return arrives ? Promise.resolve(key) : lost();
    }).catch(() => undefined);
  return keys;
}

test('what is sent again after a lost answer has the same key, as often as it takes', async () => {
  const [first, second, third] = await keysOf([{ id: 1 }, false], [{ id: 1 }, false], [{ id: 1 }, true]);
  expect([second, third]).toEqual([first, first]);
  expect(first).toMatch(/^[\x21-\x7E]{1,255}$/);
});

test('the same after a success is a thing of its own', async () => {
  const [first, second] = await keysOf([{ id: 1 }, true], [{ id: 1 }, true]);
  expect(second).not.toBe(first);
});

test('other content has another key; who goes back to what was lost goes on with it', async () => {
  const [first, other, again] = await keysOf(
    [{ netMinor: 1 }, false],
    [{ netMinor: 2 }, false],
    [{ netMinor: 1 }, true],
  );
  expect(other).not.toBe(first);
  expect(again).toBe(first);
});

test('two forms never share a key, and two at once of one form have a key each', async () => {
  const [[a], [b]] = await Promise.all([keysOf([{}, false]), keysOf([{}, false])]);
  expect(a).not.toBe(b);
  const attempt = attemptKeys();
  const keys = await Promise.all([1, 2].map((id) => attempt({ id }, (key) => Promise.resolve(key))));
  expect(new Set(keys).size).toBe(2);
});
