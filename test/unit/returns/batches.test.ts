import { describe, expect, test } from '@jest/globals';
import { openDisputes, resolveDisputes, type Dispute } from '../../../services/returns/domain/batch-disputes.ts';
import { reachedLimit, totalsOf } from '../../../services/returns/domain/batch-limits.ts';
import { lastClosing, nextClosing } from '../../../services/returns/domain/batch-schedule.ts';

const BERLIN = 'Europe/Berlin';
const iso = (at: Date | undefined) => at?.toISOString();

describe('C5 when batches close by schedule, at 06:00 in the warehouse', () => {
  test.each([
    ['weekly', '2026-10-15T10:00:00Z', '2026-10-19T04:00:00.000Z'], // Thursday to Monday
    ['weekly', '2026-10-19T03:59:59Z', '2026-10-19T04:00:00.000Z'],
    ['weekly', '2026-10-19T04:00:00Z', '2026-10-26T05:00:00.000Z'], // over the end of summer time
    ['weekly', '2026-03-28T10:00:00Z', '2026-03-30T04:00:00.000Z'], // over its beginning
    ['semiMonthly', '2026-10-01T04:00:00Z', '2026-10-16T04:00:00.000Z'],
    ['semiMonthly', '2026-10-16T04:00:00Z', '2026-11-01T05:00:00.000Z'],
    ['semiMonthly', '2026-12-31T22:59:59Z', '2027-01-01T05:00:00.000Z'],
    ['monthly', '2026-10-01T04:00:00Z', '2026-11-01T05:00:00.000Z'],
    ['monthly', '2028-02-01T05:00:00Z', '2028-03-01T05:00:00.000Z'],
    ['manual', '2026-10-15T10:00:00Z', undefined],
  ] as const)('%s, from %s: next at %s', (schedule, after, next) =>
    expect(iso(nextClosing(schedule, new Date(after), BERLIN))).toBe(next),
  );

  test.each([
    ['weekly', '2026-10-19T04:00:00Z', '2026-10-19T04:00:00.000Z'],
    ['weekly', '2026-10-19T03:59:59Z', '2026-10-12T04:00:00.000Z'],
    ['semiMonthly', '2026-10-15T10:00:00Z', '2026-10-01T04:00:00.000Z'],
    ['monthly', '2026-03-01T04:59:59Z', '2026-02-01T05:00:00.000Z'],
    ['manual', '2026-10-19T04:00:00Z', undefined],
  ] as const)('%s, at %s: last at %s', (schedule, now, last) =>
    expect(iso(lastClosing(schedule, new Date(now), BERLIN))).toBe(last),
  );

  test('another zone has another six o’clock', () =>
    expect(iso(nextClosing('monthly', new Date('2026-10-15T10:00:00Z'), 'America/New_York'))).toBe(
      '2026-11-01T11:00:00.000Z',
    ));
});

describe('C5 what closes a batch by what is in it', () => {
  const totals = {
    pieces: 10,
    weightKnownGrams: 5_000,
    piecesWithoutWeight: 2,
    volumeCm3: 900,
    piecesWithoutVolume: 1,
  };
  test.each([
    [{}, undefined],
    [{ maxPieces: null, maxWeightGrams: null, maxVolumeCm3: null }, undefined],
    [{ maxPieces: 11 }, undefined],
    [{ maxPieces: 10 }, 'pieces'],
    [{ maxPieces: 9 }, 'pieces'],
    [{ maxWeightGrams: 5_001 }, undefined],
    [{ maxWeightGrams: 5_000 }, 'weight'],
    [{ maxVolumeCm3: 901 }, undefined],
    [{ maxVolumeCm3: 900 }, 'volume'],
    [{ maxPieces: 11, maxWeightGrams: 1, maxVolumeCm3: 1 }, 'weight'],
  ] as const)('limits %j: %s', (limits, reached) => expect(reachedLimit(totals, limits)).toBe(reached));

  test('unknown weights and sizes are counted as unknown', () =>
    expect(
      totalsOf([
        { quantity: 3, pieceGrams: 250, pieceMm3: 1_000_500 },
        { quantity: 2, pieceGrams: null, pieceMm3: null },
        { quantity: 1, pieceGrams: 10, pieceMm3: null },
      ]),
    ).toEqual({ pieces: 6, weightKnownGrams: 760, piecesWithoutWeight: 2, volumeCm3: 3_002, piecesWithoutVolume: 3 }));
});

describe('C8 disputes', () => {
  const at = new Date('2026-10-20T08:00:00Z');
  const items = [
    { itemId: 'i1', quantity: 3 },
    { itemId: 'i2', quantity: 1 },
  ];
  let made = 0;
  const open = (complaints: Parameters<typeof openDisputes>[0], earlier: Dispute[] = []) =>
    openDisputes(complaints, items, earlier, { at, newId: () => `d${(made += 1)}` });
  const missing = (itemId: string, quantity: number) => ({ itemId, quantity, reason: 'missing' as const, note: '' });

  test('C8 of an item at most its pieces, each reason once', () => {
    const opened = open([missing('i1', 1), { ...missing('i1', 2), reason: 'damaged' }, missing('i2', 1)]);
    expect(opened.map(({ quantity, reason, outcome }) => [quantity, reason, outcome])).toEqual([
      [1, 'missing', null],
      [2, 'damaged', null],
      [1, 'missing', null],
    ]);
    expect(() => open([missing('i1', 4)])).toThrow(/items\.0\.quantity/);
    expect(() => open([missing('i2', 1), { ...missing('i2', 1), reason: 'wrong' }])).toThrow(/items\.1\.quantity/);
    expect(() => open([missing('i1', 1)], opened)).toThrow(/items\.0\.reason/);
    expect(() => open([missing('foreign', 1)])).toThrow(expect.objectContaining({ type: 'ITEM_NOT_FOUND' }));
  });

  test('C8 each is settled once', () => {
    const disputes = open([missing('i1', 1), missing('i2', 1)]);
    const settle = (disputeId: string) => ({ disputeId, outcome: 'credited' as const, note: 'ok' });
    const [settled] = resolveDisputes([settle(disputes[0]!.id)], disputes, at);
    expect(settled).toMatchObject({ outcome: 'credited', resolutionNote: 'ok', resolvedAt: at });
    expect(() => resolveDisputes([settle(disputes[0]!.id)], [settled!], at)).toThrow(/before/);
    expect(() => resolveDisputes([settle('other')], disputes, at)).toThrow(
      expect.objectContaining({ type: 'DISPUTE_NOT_FOUND' }),
    );
    expect(() => resolveDisputes([settle(disputes[1]!.id), settle(disputes[1]!.id)], disputes, at)).toThrow(/once/);
  });
});
