import { expect, test } from '@jest/globals';
import { planShipment, type ShippedPieces } from '../../../services/orders/domain/shipping.ts';
import { plausibleTime } from '../../../services/orders/domain/plausible-time.ts';

const lines = [
  { id: 'a', quantity: 3, shippedQuantity: 1 },
  { id: 'b', quantity: 2, shippedQuantity: 0 },
  { id: 'c', quantity: 1, shippedQuantity: 1 },
];

test.each<[string, ShippedPieces[] | undefined, string, ShippedPieces[]]>([
  [
    'everything open without a list',
    undefined,
    'shipped',
    [
      { orderLineId: 'a', quantity: 2 },
      { orderLineId: 'b', quantity: 2 },
    ],
  ],
  ['a part', [{ orderLineId: 'b', quantity: 1 }], 'partially_shipped', [{ orderLineId: 'b', quantity: 1 }]],
  [
    'the rest, named',
    [
      { orderLineId: 'b', quantity: 2 },
      { orderLineId: 'a', quantity: 2 },
    ],
    'shipped',
    [
      { orderLineId: 'b', quantity: 2 },
      { orderLineId: 'a', quantity: 2 },
    ],
  ],
])('a shipment takes %s', (_name, requested, state, shipped) =>
  expect(planShipment('partially_shipped', lines, requested)).toEqual({ state, lines: shipped }),
);

test.each<[string, ShippedPieces[], string, string]>([
  ['more than is open', [{ orderLineId: 'a', quantity: 3 }], 'lines.0.quantity', 'TOO_MANY'],
  ['a line that is done', [{ orderLineId: 'c', quantity: 1 }], 'lines.0.quantity', 'TOO_MANY'],
  ['a foreign line', [{ orderLineId: 'x', quantity: 1 }], 'lines.0.orderLineId', 'UNKNOWN_LINE'],
  [
    'a line twice, which together would be too many',
    [
      { orderLineId: 'b', quantity: 2 },
      { orderLineId: 'b', quantity: 1 },
    ],
    'lines.1.orderLineId',
    'LINE_NAMED_TWICE',
  ],
])('a shipment does not take %s', (_name, requested, path, code) =>
  expect(() => planShipment('partially_shipped', lines, requested)).toThrow(
    expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path, code })] } }),
  ),
);

test.each([
  ['cancelled', lines, 'ORDER_CANCELLED'],
  ['shipped', [{ id: 'a', quantity: 1, shippedQuantity: 1 }], 'ORDER_ALREADY_SHIPPED'],
] as const)('a %s order ships nothing', (state, of, type) =>
  expect(() => planShipment(state, of)).toThrow(expect.objectContaining({ code: 409, type })),
);

const now = new Date('2026-10-15T10:00:00Z');
test.each([
  ['1999-12-31T23:59:59Z', 'TOO_EARLY'],
  ['0000-01-01T00:00:00Z', 'TOO_EARLY'],
  ['2026-10-16T10:00:01Z', 'IN_THE_FUTURE'],
  ['9999-12-31T00:00:00Z', 'IN_THE_FUTURE'],
])('%s cannot be meant', (text, code) =>
  expect(() => plausibleTime(text, 'shippedAt', now)).toThrow(
    expect.objectContaining({ data: { errors: [expect.objectContaining({ path: 'shippedAt', code })] } }),
  ),
);
test('a clock may be a day ahead', () =>
  expect(plausibleTime('2026-10-16T12:00:00+02:00', 'shippedAt', now)).toEqual(new Date('2026-10-16T10:00:00Z')));
