import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { accessTokenVerifier, signAccessToken } from '../../../shared/moleculer/access-token.ts';
import { checkOnce } from '../../../shared/moleculer/check-tokens.ts';
import { principalSigner, principalVerifier } from '../../../shared/moleculer/principal.ts';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

const worker = { kind: 'user' as const, id: 'u-1', roles: ['worker' as const], scope: 'staff' as const };
const inSeconds = (seconds: number): void => void jest.advanceTimersByTime(seconds * 1_000);

test('a token is checked once while it is good, and a bad one every time', async () => {
  const asked: string[] = [];
  const verify = checkOnce(async (token) => {
    asked.push(token);
    if (token === 'bad') throw new Error('no');
    return { value: token.length, endsAt: Date.now() + 1_000 };
  });
  for (const token of ['good', 'good', 'other']) expect(await verify(token)).toBe(token.length);
  for (const token of ['bad', 'bad']) await expect(verify(token)).rejects.toThrow('no');
  inSeconds(1);
  await verify('good');
  expect(asked).toEqual(['good', 'other', 'bad', 'bad', 'good']);
});

test('a principal keeps its signature for a minute, and no signature outlives its end', async () => {
  const key = randomBytes(32);
  const sign = principalSigner(key);
  const verify = principalVerifier(key);
  const first = await sign(worker);
  expect(await verify(first)).toEqual(worker);
  expect(await sign({ ...worker })).toBe(first);
  const others = [{ id: 'u-2' }, { kind: 'apiKey' as const }, { roles: [] }, { scope: ['m-1'] }];
  for (const other of others) {
    expect(await sign({ ...worker, ...other })).not.toBe(first);
    expect(await verify(await sign({ ...worker, ...other }))).toEqual({ ...worker, ...other });
  }
  inSeconds(61);
  expect(await sign(worker)).not.toBe(first);
  inSeconds(88);
  expect(await verify(first)).toEqual(worker);
  inSeconds(2);
  await expect(verify(first)).rejects.toMatchObject({ code: 401, type: 'PRINCIPAL_INVALID' });
});

test('what another key has signed is not believed, however often it comes', async () => {
  const verify = principalVerifier(randomBytes(32));
  const foreign = await principalSigner(randomBytes(32))(worker);
  for (const token of [foreign, foreign, undefined, ''])
    await expect(verify(token)).rejects.toMatchObject({ type: 'PRINCIPAL_INVALID' });
});

test('a remembered access token ends when it ends', async () => {
  const key = randomBytes(32);
  const verify = accessTokenVerifier(key);
  const token = await signAccessToken({ userId: 'u-1', sessionId: 's-1' }, key, 60);
  for (const _ of [1, 2]) expect(await verify(token)).toEqual({ userId: 'u-1', sessionId: 's-1' });
  inSeconds(91);
  await expect(verify(token)).rejects.toMatchObject({ type: 'TOKEN_EXPIRED' });
});
