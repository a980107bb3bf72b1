import fc from 'fast-check';
import { addDays } from '../../shared/kernel/dates.ts';
import { workCard } from './random-work-card.ts';
import { dayIn } from './random-worlds.ts';
import type { Version } from './scenario-world.ts';

/** What happens in a house for one merchant in three months, by chance, and the card that prices it. */
export interface WorkWorld {
  versions: (Omit<Version, 'version'> & { validFrom: string })[];
  orders: RandomOrder[];
  carrierInvoices: RandomCarrierInvoice[];
  deliveries: RandomDelivery[];
  jobs: RandomJob[];
}

export interface RandomOrder {
  country: string;
  channel: string;
  /** Pieces of each line; the second line is of an article with a group. */
  lines: [number, number];
  /** Told on a day of their own; the first of two holds the first line only. */
  shipments: {
    shippedOn: string;
    toldOn: string;
    parcels: number;
    weightGrams: number;
    carrier: string;
    packaging: { code: string; quantity: number }[];
    cancelled: { on: string; toldOn: string } | null;
  }[];
  /** Its two shipments have the same number. */
  sharesNumber: boolean;
}

export interface RandomCarrierInvoice {
  toldOn: string;
  carrier: string;
  /** By the place of the order and shipment; what is out of range is a number that nobody has. */
  lines: { order: number; shipment: number; kind: 'toll' | 'oversize' | 'energy'; amountMinor: number }[];
}

interface Effort {
  pallets: number;
  cartons: number;
  minutes: number;
  /** Received of the article without a group and of the one with it. */
  pieces: [number, number];
}
export interface RandomDelivery extends Effort {
  closedOn: string;
  correction: (Effort & { toldOn: string }) | null;
}

export interface RandomJob {
  toldOn: string;
  /** What became of it; `approved` and `direct` are signed off. */
  way: 'direct' | 'approved' | 'asked' | 'declined' | 'cancelled' | 'open';
  signedOffOn: string;
  code: 'relabel' | 'kitting';
  unit: 'minute' | 'piece';
  quantity: number;
  corrections: { toldOn: string; quantity: number }[];
}

const FIRST = '2027-02-01';
const day = dayIn(FIRST, '2027-04-25');
const later = (max: number) => fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max }));

const shipment = (from: string) =>
  fc
    .record({
      ...{ after: later(6), waits: later(20), parcels: fc.integer({ min: 1, max: 3 }) },
      weightGrams: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12_000 })),
      carrier: fc.constantFrom('DHL', 'GLS'),
      packaging: fc.array(
        fc.record({ code: fc.constantFrom('BOX-M', 'BOX-L', 'TAPE'), quantity: fc.integer({ min: 1, max: 4 }) }),
        { maxLength: 3 },
      ),
      back: fc.option(fc.record({ after: later(12), waits: later(9) }), { freq: 2 }),
    })
    .map(({ after, waits, back, ...rest }) => {
      const shippedOn = addDays(from, after);
      const toldOn = addDays(shippedOn, waits);
      const on = back === null ? null : addDays(toldOn, back.after);
      return { shippedOn, toldOn, ...rest, cancelled: on === null ? null : { on, toldOn: addDays(on, back!.waits) } };
    });

const pieces = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 }));
const order: fc.Arbitrary<RandomOrder> = day.chain((from) =>
  fc.record({
    country: fc.constantFrom('DE', 'DE', 'AT'),
    channel: fc.constantFrom('shop', 'amazon'),
    lines: fc.tuple(pieces, pieces),
    shipments: fc.oneof(
      fc.tuple(shipment(from)),
      fc.tuple(shipment(from), shipment(from)).map(([one, two]) => [one, one.toldOn === two.toldOn ? dayOn(two) : two]),
    ),
    sharesNumber: fc.boolean(),
  }),
);

/** Told a day later: a number that two have is told apart by the day on which the second one got it. */
const dayOn = ({ toldOn, cancelled, ...rest }: RandomOrder['shipments'][number]): RandomOrder['shipments'][number] => ({
  ...{ ...rest, toldOn: addDays(toldOn, 1) },
  cancelled: cancelled && { on: addDays(cancelled.on, 1), toldOn: addDays(cancelled.toldOn, 1) },
});

const carrierInvoice: fc.Arbitrary<RandomCarrierInvoice> = fc.record({
  toldOn: day,
  carrier: fc.constantFrom('DHL', 'GLS'),
  lines: fc.array(
    fc.record({
      ...{ order: fc.integer({ min: 0, max: 18 }), shipment: fc.constantFrom(0, 1) },
      kind: fc.constantFrom('toll' as const, 'oversize' as const, 'energy' as const),
      amountMinor: fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: -900, max: -1 })),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

const few = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }));
const effort = {
  ...{ pallets: few, cartons: few, minutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })) },
  pieces: fc.tuple(fc.integer({ min: 1, max: 40 }), few),
};
const delivery: fc.Arbitrary<RandomDelivery> = day.chain((closedOn) =>
  fc.record({
    ...{ closedOn: fc.constant(closedOn), ...effort },
    correction: fc.option(fc.record({ toldOn: later(40).map((days) => addDays(closedOn, days)), ...effort })),
  }),
);

const job: fc.Arbitrary<RandomJob> = day.chain((toldOn) =>
  fc.record({
    toldOn: fc.constant(toldOn),
    way: fc.constantFrom('direct', 'direct', 'approved', 'approved', 'asked', 'declined', 'cancelled', 'open'),
    signedOffOn: later(5).map((days) => (addDays(toldOn, -days) < FIRST ? FIRST : addDays(toldOn, -days))),
    code: fc.constantFrom('relabel', 'kitting'),
    unit: fc.constantFrom('minute', 'piece'),
    quantity: fc.integer({ min: 1, max: 600 }),
    corrections: fc.array(
      fc.record({ toldOn: later(30).map((days) => addDays(toldOn, days)), quantity: fc.integer({ min: 0, max: 600 }) }),
      { maxLength: 2 },
    ),
  }),
);

export const workWorld = fc.record({
  versions: workCard,
  orders: fc.array(order, { minLength: 5, maxLength: 14 }),
  carrierInvoices: fc.array(carrierInvoice, { minLength: 1, maxLength: 3 }),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 5 }),
  jobs: fc.array(job, { minLength: 1, maxLength: 6 }),
}) as unknown as fc.Arbitrary<WorkWorld>;
