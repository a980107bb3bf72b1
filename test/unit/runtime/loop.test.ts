import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { startLoop, type Loop, type Round } from '../../../shared/runtime/loop.ts';

const log = pino({ level: 'silent' });
let loop: Loop | undefined;
/** Ends the round that is running. */
let end: () => void = () => undefined;

beforeEach(() => void jest.useFakeTimers());
afterEach(async () => {
  end();
  await loop?.stop();
  jest.useRealTimers();
});

const start = (round: Round, everyMs = 2_000): Loop => (loop = startLoop({ name: 'x.work', everyMs, round, log }));
/** A round that ends when told to. */
const long = (): Promise<number> => new Promise((resolve) => (end = () => resolve(0)));
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

test('a loop whose round comes no further for two minutes is bad', async () => {
  const { status } = start(long);
  await pass(119_000);
  expect(status()).toMatchObject({ ok: true, lastRoundAt: null });
  await pass(2_000);
  expect(status().ok).toBe(false);
});

test('a round that takes long and comes further is well, and bad again once it stands still', async () => {
  let beat: () => void = () => undefined;
  const { status } = start((alive) => {
    beat = alive;
    return long();
  });
  for (let minute = 0; minute < 30; minute += 1) {
    await pass(60_000);
    beat();
    expect(status().ok).toBe(true);
  }
  await pass(121_000);
  expect(status().ok).toBe(false);
  beat();
  expect(status().ok).toBe(true);
});

test('a beat hides no failing round', async () => {
  const { status } = start((beat) => {
    beat();
    return Promise.reject(new Error('broken'));
  });
  await pass(10);
  expect(status()).toMatchObject({ ok: false, lastError: 'broken' });
});

test('a loop at rest begins at once; while it is woken all the time it gathers what comes', async () => {
  const begun: number[] = [];
  const from = Date.now();
  const round: Round = () => {
    begun.push(Date.now() - from);
    return Promise.resolve(0);
  };
  loop = startLoop({ name: 'x.work', everyMs: 60_000, gatherMs: 100, round, log });
  await pass(5_000);
  for (let wake = 0; wake < 35; wake += 1) {
    loop.wake();
    await pass(10);
  }
  expect(begun).toEqual([0, 5_000, 5_100, 5_200, 5_300]);
  await pass(1_000);
  expect(begun).toEqual([0, 5_000, 5_100, 5_200, 5_300, 5_400]);
});

test('a loop that gathers ends when it is told to', async () => {
  loop = startLoop({ name: 'x.work', everyMs: 60_000, gatherMs: 50_000, round: () => Promise.resolve(1), log });
  await pass(1);
  await loop.stop();
});

test('a loop that rests longer than two minutes is well while it rests', async () => {
  const { status } = start(() => Promise.resolve(0), 600_000);
  await pass(500_000);
  expect(status().ok).toBe(true);
});
