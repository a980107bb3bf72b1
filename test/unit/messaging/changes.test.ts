import { expect, jest, test } from '@jest/globals';
import { changesOfConsumer, changeTeller, merged, noticesOf } from '../../../shared/messaging/changes.ts';
import type { AuditEntry } from '../../../shared/messaging/audit.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import { changedPayload, type ChangeNotice } from '../../../shared/protocol/live.ts';

const A = '0198c0de-0000-7000-8000-00000000000a';
const B = '0198c0de-0000-7000-8000-00000000000b';
const audit = (action: string, entityId: string, merchantId: string | null = A): AuditEntry => ({
  action: action as AuditAction,
  entity: 'x',
  entityId,
  merchantId,
});
const nothing = { changes: [], audits: [], events: [] };

test('K24 an audit row is told by its subject, with the merchant it is about', () => {
  const audits = [audit('return.received', 'r1'), audit('billing-run.approved', 'b1', null), audit('item.added', 'r2')];
  expect(noticesOf({ ...nothing, audits })).toEqual([
    { topic: 'returns', id: 'r1', merchantId: A },
    { topic: 'returns', id: 'r2', merchantId: A },
    { topic: 'runs', id: 'b1', merchantId: null },
  ]);
});

test('K24 what is told of many has no id, and what no list shows is not told', () => {
  const audits = [audit('returns.imported', 'm1'), audit('user.created', 'u1'), audit('constructor.x', 'c1')];
  expect(noticesOf({ ...nothing, audits })).toEqual([{ topic: 'returns', id: null, merchantId: A }]);
});

test('K24 an event is told where nothing else speaks of its topic and merchant', () => {
  const events = [
    { type: 'returns.return-progressed.v1', merchantId: A },
    { type: 'returns.return-progressed.v1', merchantId: B },
    { type: 'unknown.thing.v1', merchantId: A },
  ];
  expect(noticesOf({ ...nothing, audits: [audit('return.received', 'r1')], events })).toEqual([
    { topic: 'returns', id: 'r1', merchantId: A },
    { topic: 'returns', id: null, merchantId: B },
  ]);
});

test('K24 money of a merchant shows on its invoices, too, which it hears of where it hears of no payment', () => {
  const audits = [
    audit('payment.recorded', 'p1'),
    audit('payment.allocated', 'p1'),
    audit('invoice.credit-used', 'i1'),
  ];
  expect(noticesOf({ ...nothing, audits })).toEqual([
    { topic: 'payments', id: 'p1', merchantId: A },
    { topic: 'invoices', id: 'i1', merchantId: A },
    { topic: 'invoices', id: null, merchantId: A },
  ]);
  expect(noticesOf({ ...nothing, audits: [audit('payment.recorded', 'p2', null)] })).toEqual([
    { topic: 'payments', id: 'p2', merchantId: null },
  ]);
});

test('K24 a use case names what leaves no other trace', () => {
  const changes = [
    { topic: 'returns' as const, id: 'r1', merchantId: null, version: 4 },
    { topic: 'imports' as const, merchantId: null },
  ];
  expect(noticesOf({ ...nothing, changes })).toEqual([
    { topic: 'returns', id: 'r1', merchantId: null, version: 4 },
    { topic: 'imports', id: null, merchantId: null },
  ]);
});

test('K24 charges show by the name of their consumer, once per merchant', () => {
  const events = [{ merchantId: A }, { merchantId: A }, { merchantId: B }];
  expect(changesOfConsumer('billing.charge-shipments', events)).toEqual([
    { topic: 'charges', merchantId: A },
    { topic: 'charges', merchantId: B },
  ]);
  expect(changesOfConsumer('orders.know-merchants', events)).toEqual([]);
});

test('many of one merchant are one notice, few are told one by one and once each', () => {
  const of = (count: number, merchantId: string): ChangeNotice[] =>
    Array.from({ length: count }, (_, index) => ({ topic: 'orders' as const, id: `o${index}`, merchantId }));
  expect(merged([...of(1_000, A), ...of(2, B), ...of(2, B)])).toEqual([
    { topic: 'orders', id: null, merchantId: A },
    ...of(2, B),
  ]);
});

test('notices of a moment travel together, in messages of bounded size', async () => {
  jest.useFakeTimers();
  const sent: ChangeNotice[][] = [];
  const broadcast = async (_: string, payload: unknown) => void sent.push(changedPayload.parse(payload).notices);
  const tell = changeTeller({ broadcast } as never, () => undefined);
  for (let index = 0; index < 700; index += 1)
    tell([
      { topic: 'orders', id: `o${index}`, merchantId: `0198c0de-0000-7000-8000-${String(index).padStart(12, '0')}` },
    ]);
  tell([]);
  expect(sent).toEqual([]);
  await jest.advanceTimersByTimeAsync(100);
  expect(sent.map(({ length }) => length)).toEqual([500, 200]);
  tell([{ topic: 'orders', id: 'later', merchantId: A }]);
  await jest.advanceTimersByTimeAsync(100);
  expect(sent.at(-1)).toEqual([{ topic: 'orders', id: 'later', merchantId: A }]);
  jest.useRealTimers();
});

test('a lost notice is no failure of what changed', async () => {
  const lost: unknown[] = [];
  const broadcast = () => Promise.reject(new Error('no bus'));
  changeTeller({ broadcast } as never, (error) => lost.push(error))([{ topic: 'orders', id: null, merchantId: A }]);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(lost).toEqual([new Error('no bus')]);
});
