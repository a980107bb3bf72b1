import { expect, test } from '@jest/globals';
import { shortId, valuesOf, wordKeys } from '../../../web/src/admin/parts/audit-value.ts';
import { admin } from '../../../web/src/locales/de/admin.ts';
import { common } from '../../../web/src/locales/de/common.ts';

const ID = '0f6c1f0e-5d2a-4c1e-9d53-1f2e3d4c5b6a';
const TEXTS: Record<string, unknown> = { admin, common };

const found = (path: string, entity: string, value: string): unknown =>
  wordKeys(path, entity, value)
    .map((key) => {
      const [way = '', area = 'admin'] = key.split(':').toReversed();
      return way.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], TEXTS[area]);
    })
    .find((word) => word !== undefined);

test.each([
  ['state', 'return', 'announced', 'Angekündigt'],
  ['state', 'rtv_batch', 'closing', 'Wird geschlossen'],
  ['state', 'message', 'queued', 'In der Warteschlange'],
  ['state', 'order', 'shipped', 'versandt'],
  ['status', 'merchant', 'active', 'Aktiv'],
  ['item.state', 'return', 'on_hold', 'Im Sperrlager'],
  ['item.grade', 'return', 'D', 'Defekt'],
  ['item.disposition', 'return', 'hold', 'Zurücklegen'],
  ['matchState', 'return', 'matched', 'zugeordnet'],
  ['active', 'user', 'false', 'nein'],
  ['roles', 'user', 'merchantViewer', 'Händler (nur lesen)'],
])('the audit trail has words for %s of %s: %s', (path, entity, value, expected) => {
  expect(found(path, entity, value)).toBe(expected);
});

test('the audit trail leaves what people wrote as it is', () => {
  expect(wordKeys('note', 'return', 'open')).toEqual([]);
});

test('the audit trail knows ids, instants and days', () => {
  expect(valuesOf(`${ID}, ${ID}`)).toEqual([
    { kind: 'id', text: ID },
    { kind: 'id', text: ID },
  ]);
  expect(valuesOf('2026-11-22T04:32:20.123Z')).toEqual([{ kind: 'instant', text: '2026-11-22T04:32:20.123Z' }]);
  expect(valuesOf('2026-11-22')[0]!.kind).toBe('day');
  expect(valuesOf(`Box, ${ID}`)).toEqual([{ kind: 'text', text: `Box, ${ID}` }]);
  expect(shortId(ID)).toBe('0f6c1f0e…');
});
