import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AdjustmentBasis } from '../../../services/billing/domain/adjustments/adjustment-lines.ts';
import type { AppliedAdjustment } from '../../../services/billing/domain/adjustments/applied-adjustments.ts';
import { sharings } from '../../../services/billing/domain/adjustments/shared-maximums.ts';
import type { Stream } from '../../../services/billing/domain/runs/periods.ts';

const MONTH = '2027-03';
const label = { de: 'Zuschlag', en: 'Surcharge' };
const basis = (stream: Stream, basisMinor: number): AdjustmentBasis => ({
  ...{ versionId: 'v', key: 'extra', stream, serviceMonth: MONTH, unit: 'piece', basisMinor, quantity: '1' },
  ...(stream === 'fulfilment'
    ? { section: 'fulfilment', group: 'fulfilment' as const }
    : { section: 'returns', group: 'returns' as const }),
  ...{ lateFrom: null, lateTo: null },
});
const within = (value: number, limit: number) => Math.min(Math.max(value, -limit), limit);

/** What stands on two documents with a maximum in euro, the uncapped sum of earlier ones in cents, and what is issued of them. */
function issued(kind: 'surcharge' | 'discount', maximum: number, uncapped: number, nets: Record<Stream, number>) {
  const adjustment = { key: 'extra', kind, label, value: { type: 'percent' as const, percent: '100' } };
  const applied: AppliedAdjustment[] = [
    {
      versionId: 'v',
      from: '2020-01-01',
      to: '2027-03-31',
      adjustment: { ...adjustment, maximumPerMonth: `${maximum}` },
    },
  ];
  const billed = new Map([[`${MONTH} extra`, { netMinor: within(uncapped, maximum * 100), uncappedMinor: uncapped }]]);
  const bases = (Object.keys(nets) as Stream[]).map((stream) => basis(stream, nets[stream]));
  let ways = 0;
  for (const { lines, holds } of sharings(bases, applied, billed, ({ stream }) => stream)) {
    ways += 1;
    const shown = lines.map(({ stream, unitPrice, detail }) => ({
      stream,
      net: Math.round(Number(unitPrice) * 100),
      uncapped: detail!.uncappedMinor!,
    }));
    const documents = shown.filter(({ stream, net }) => nets[stream] + net > 0);
    if (holds(new Set(documents.map(({ stream }) => stream)))) return { ways, documents };
  }
  throw new Error('No way holds');
}

test('E7 E10 the month of a maximum comes to what is issued, whichever of two documents is carried over', () => {
  const net = fc.integer({ min: -3_000, max: 3_000 });
  const carried = new Set<number>();
  fc.assert(
    fc.property(
      fc.constantFrom('surcharge' as const, 'discount' as const),
      fc.integer({ min: 1, max: 30 }),
      net,
      fc.record({ fulfilment: net, monthly: net }),
      (kind, maximum, before, nets) => {
        const { ways, documents } = issued(kind, maximum, before, nets);
        carried.add(ways);
        const sum = (of: 'net' | 'uncapped') => documents.reduce((total, one) => total + one[of], 0);
        const limit = maximum * 100;
        expect(within(before, limit) + sum('net')).toBe(within(before + sum('uncapped'), limit));
      },
    ),
    { numRuns: 2_000, seed: 7 },
  );
  expect(carried.size).toBeGreaterThan(1);
});

test('E7 a document that is carried over makes no room', () => {
  // 100.00 had 10.00 of at most 12.00; 10.00 are taken back and carried, 150.00 more are billed
  expect(issued('surcharge', 12, 1_000, { fulfilment: -100, monthly: 1_500 })).toEqual({
    ways: 3,
    documents: [{ stream: 'monthly', net: 200, uncapped: 1_500 }],
  });
});
