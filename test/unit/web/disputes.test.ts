import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { claimsOf, settlementOf } from '../../../web/src/shared/disputes/claims.ts';
import { oneAtATime } from '../../../web/src/warehouse/feedback/one-at-a-time.ts';

const WEB = path.resolve(import.meta.dirname, '../../../web/src');

type Batch = Parameters<typeof claimsOf>[0];
const dispute = (id: string, openedAt: string, outcome: 'credited' | null = null) =>
  ({ id, itemId: `item-${id}`, openedAt, outcome }) as Batch['disputes'][number];
const item = (itemId: string) => ({ itemId }) as Batch['items'][number];

test('C8 open disputes come first, oldest first, each with its goods, and the last open one is known', () => {
  const disputes = [
    dispute('a', '2026-11-02T08:00:00Z', 'credited'),
    dispute('b', '2026-11-03T08:00:00Z'),
    dispute('c', '2026-11-01T08:00:00Z'),
  ];
  const items = [item('item-b'), item('item-a')];
  const shown = (batch: Batch) => claimsOf(batch).map((claim) => [claim.dispute.id, claim.item?.itemId, claim.isLast]);
  expect(shown({ disputes, items })).toEqual([
    ['c', undefined, false],
    ['b', 'item-b', false],
    ['a', 'item-a', false],
  ]);
  expect(shown({ disputes: disputes.slice(0, 2), items })).toEqual([
    ['b', 'item-b', true],
    ['a', 'item-a', false],
  ]);
});

test('C8 a dispute is settled with an outcome and an answer, and with nothing less', () => {
  expect(settlementOf('d', { outcome: null, note: 'Wir suchen.' })).toBeUndefined();
  expect(settlementOf('d', { outcome: 'found', note: ' \n' })).toBeUndefined();
  expect(settlementOf('d', { outcome: 'rejected', note: ' Lag bei. ' })).toEqual({
    resolutions: [{ disputeId: 'd', outcome: 'rejected', note: 'Lag bei.' }],
  });
});

test('a second tap while a step is under way does nothing, and a failed step can be taken again', async () => {
  const busy: boolean[] = [];
  const take = oneAtATime((now) => void busy.push(now));
  const taken: number[] = [];
  let finish = (): void => undefined;
  const first = take(() => {
    taken.push(1);
    return new Promise<void>((resolve) => void (finish = resolve));
  });
  await take(() => taken.push(2));
  expect(taken).toEqual([1]);
  expect(busy).toEqual([true]);
  finish();
  await first;
  await expect(take(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await take(() => taken.push(3));
  expect(taken).toEqual([1, 3]);
  expect(busy).toEqual([true, false, true, false, true, false]);
});

test('no page leaves what it shows, and what was typed into it, because asking again failed', () => {
  const leaving = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .filter((file) => {
      const source = readFileSync(path.join(WEB, file), 'utf8');
      const named = [...source.matchAll(/const (\w+) = useApi\(/g)].map(([, name]) => `${name}.error`);
      if (/const \{[^}]*\berror\b[^}]*\} = useApi\(/.test(source)) named.push('error');
      return named.some((error) => source.includes(`if (${error}) return`));
    });
  expect(leaving).toEqual([]);
});
