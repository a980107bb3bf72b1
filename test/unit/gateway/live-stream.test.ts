import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { hears } from '../../../services/gateway/live/audience.ts';
import { openStream, type LiveStream } from '../../../services/gateway/live/stream.ts';
import type { ChangeNotice, Topic } from '../../../shared/protocol/live.ts';

const A = '0198c0de-0000-7000-8000-00000000000a';
const B = '0198c0de-0000-7000-8000-00000000000b';
const notice = (id: number, topic: Topic = 'returns'): ChangeNotice => ({ topic, id: String(id), merchantId: A });

let out: PassThrough;
let stream: LiveStream;
let now = 0;

beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  out = new PassThrough({ highWaterMark: 4_000 });
  stream = openStream(out as never, () => now);
});
afterEach(() => {
  out.destroy();
  jest.useRealTimers();
});

const read = () => String(out.read() ?? '');
const dataOf = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!) as Record<string, unknown>);
const pass = (ms: number) => {
  now += ms;
  jest.advanceTimersByTime(ms);
};

test('K24 a stream begins with how to come back and that it is ready, then tells notices as they come', () => {
  expect(read()).toBe('retry: 2000\nevent: ready\ndata: {}\n\n');
  stream.offer(notice(1));
  expect(read()).toBe(`data: {"topic":"returns","id":"1","merchantId":"${A}"}\n\n`);
});

test('K24 of a burst ten are named, the rest is one word per topic and second', () => {
  read();
  for (let id = 0; id < 100_000; id += 1) stream.offer(notice(id, id % 2 ? 'orders' : 'returns'));
  expect(dataOf(read())).toHaveLength(10);
  pass(999);
  expect(read()).toBe('');
  pass(1);
  expect(dataOf(read())).toEqual([{ topic: 'returns' }, { topic: 'orders' }]);
  stream.offer(notice(7));
  expect(dataOf(read())).toEqual([{ topic: 'returns', id: '7', merchantId: A }]);
});

test('K24 after a quiet second everything is named again', () => {
  read();
  for (let id = 0; id < 10; id += 1) stream.offer(notice(id));
  pass(1_000);
  for (let id = 0; id < 10; id += 1) stream.offer(notice(id));
  expect(dataOf(read())).toHaveLength(20);
});

test('a reader that takes nothing holds one buffer and is cut off at the second sign of life', () => {
  for (let second = 0; second < 600; second += 1) {
    for (let id = 0; id < 50; id += 1) stream.offer(notice(id));
    pass(1_000);
  }
  expect(out.writableLength + out.readableLength).toBeLessThan(20_000);
  stream.beat();
  expect(out.destroyed).toBe(false);
  stream.beat();
  expect(out.destroyed).toBe(true);
  stream.offer(notice(1));
  stream.end('STOPPING');
});

test('a reader that catches up in time is told what it missed, by topic', () => {
  while (!out.writableNeedDrain) {
    stream.offer(notice(1));
    pass(200);
  }
  stream.offer(notice(2, 'orders'));
  stream.beat();
  read();
  read();
  pass(2_000);
  stream.beat();
  const text = read();
  expect(dataOf(text)).toEqual([{ topic: 'orders' }]);
  expect(text).toContain(': beat\n\n');
});

test('the end says why, once', () => {
  read();
  stream.end('ACCESS_ENDED');
  stream.end('STOPPING');
  stream.offer(notice(1));
  expect(read()).toBe('event: end\ndata: {"reason":"ACCESS_ENDED"}\n\n');
  expect(out.writableEnded).toBe(true);
});

const worker = { roles: ['worker' as const], scope: 'staff' as const };
const viewer = { roles: ['merchantViewer' as const], scope: [A] };
const key = { roles: ['api' as const], scope: [A] };
const of = (topic: Topic, merchantId: string | null): ChangeNotice => ({ topic, id: 'x', merchantId });

test.each([
  ['staff hear of what belongs to nobody', worker, of('returns', null), true],
  ['staff hear of every merchant', worker, of('orders', B), true],
  ['staff hear of notes', worker, of('notes', A), true],
  ['a worker does not hear of contracts', worker, of('contracts', A), false],
  ['a merchant hears of its own', viewer, of('returns', A), true],
  ['a merchant does not hear of another', viewer, of('returns', B), false],
  ['a merchant does not hear of what belongs to nobody', viewer, of('returns', null), false],
  ['a merchant does not hear of notes on its own', viewer, of('notes', A), false],
  ['a merchant does not hear of runs', viewer, of('runs', A), false],
  ['a key of a merchant hears of its own', key, of('orders', A), true],
  ['a key of a merchant does not hear of another', key, of('orders', B), false],
  ['a key of a merchant does not hear of notes', key, of('notes', A), false],
  ['a key of a merchant does not hear of imports', key, of('imports', A), false],
])('K24 %s', (_title, actor, change, expected) => {
  expect(hears(actor, change)).toBe(expected);
});
