import { expect, test } from '@jest/globals';
import { ApiError } from '../../../web/src/app/api/errors.ts';
import { linesAnnounced, toAnnounced } from '../../../web/src/merchant/announce/lines.ts';
import { lacksAddress } from '../../../web/src/merchant/returns/slip.ts';

type Items = Parameters<typeof linesAnnounced>[0];
type OrderLines = Parameters<typeof linesAnnounced>[1];
const VASE = { id: 'i1', sku: 'V', name: 'Vase', quantity: 2, reason: 'used', externalReason: 'worn' } as const;
const NOTE = { id: 'i2', sku: null, name: 'Zettel', quantity: 1, reason: null, externalReason: null } as const;
const line = (id: string, sku: string, quantity: number) => ({
  id,
  sku,
  name: sku,
  quantity,
  shippedQuantity: quantity,
});
const ORDER = [line('l1', 'V', 2), line('l2', 'W', 1), line('l3', 'V', 1)] as unknown as OrderLines;
const ITEMS: Items = [VASE, NOTE];

test('C12 what is announced is changed by its lines, beside what else of the order could come back', () => {
  const lines = linesAnnounced(ITEMS, ORDER);
  expect(lines.map(({ sku, name, quantity, most }) => [sku || name, quantity, most])).toEqual([
    ['V', 2, 3],
    ['Zettel', 1, null],
    ['W', 0, 1],
  ]);
  // nothing changed: the very same is said again
  expect(toAnnounced(lines)).toEqual([
    { id: 'i1', sku: 'V', name: 'Vase', quantity: 2, reason: 'used', externalReason: 'worn' },
    { id: 'i2', name: 'Zettel', quantity: 1 },
  ]);
});

test('C12 a line without pieces is gone, a new one has no id, and a reason that is taken away stays away', () => {
  const [vase, note, other] = linesAnnounced(ITEMS, ORDER);
  expect(
    toAnnounced([
      { ...vase!, reason: null },
      { ...note!, quantity: 0 },
      { ...other!, quantity: 1 },
    ]),
  ).toEqual([
    { id: 'i1', sku: 'V', name: 'Vase', quantity: 2 },
    { sku: 'W', name: 'W', quantity: 1 },
  ]);
  expect(toAnnounced([{ ...vase!, reason: 'defective' }])[0]).toMatchObject({
    reason: 'defective',
    externalReason: 'worn',
  });
});

test('C12 without an order and without goods there is a line to write on', () => {
  expect(linesAnnounced([], undefined)).toMatchObject([{ quantity: 1, sku: '', name: '', most: null }]);
  expect(linesAnnounced([NOTE], undefined)).toMatchObject([{ key: 'i2', most: null }]);
});

test('C13 a missing address is told apart from other refusals', () => {
  const refusal = (code: string) => new ApiError(422, { errors: [{ path: 'to', code, message: '' }] });
  expect(lacksAddress(refusal('NO_ADDRESS'))).toBe(true);
  expect(lacksAddress(refusal('TOO_BIG'))).toBe(false);
  expect(lacksAddress(new Error('NO_ADDRESS'))).toBe(false);
});
