import type { CarrierInvoice, Delivery, Facts, Shipment, SpecialJob } from '../../oracle/facts.ts';
import type { RandomDelivery, RandomJob, RandomOrder, WorkWorld } from './random-work.ts';

/** The number of a parcel as it is on its label; a carrier writes it otherwise. */
export const trackingNumber = (world: string, { sharesNumber }: { sharesNumber: boolean }, order: number, at: number) =>
  `${world}O${order}S${sharesNumber ? 0 : at}`;
export const asCarrierWrites = (world: string, order: number, at: number) => `${world.toLowerCase()} o${order}-s${at}`;
/** Groups of articles by their place; the first has none. */
export const GROUPS = [[], ['bulky']] as const;

/**
 * A world in which everything can happen: what a carrier billed is not called back, because it had it, and a correction
 * changes something.
 */
export function possible(given: WorkWorld): WorkWorld {
  return {
    ...given,
    orders: given.orders.map((order, index) => withoutBilled(order, index, given)),
    jobs: given.jobs.map((job) => ({ ...job, corrections: realCorrections(job) })),
  };
}

function withoutBilled(order: RandomOrder, index: number, { orders, carrierInvoices }: WorkWorld): RandomOrder {
  const named = carrierInvoices.flatMap(({ toldOn, lines }) =>
    lines.filter((line) => line.order === index).map(({ shipment }) => ({ toldOn, shipment })),
  );
  const isNamed = (at: number) => named.some(({ shipment }) => shipment === at);
  const allTold = order.shipments
    .map(({ toldOn }) => toldOn)
    .toSorted()
    .at(-1)!;
  // a line that finds two shipments of its number waits until one of them is called back
  const waits = named.filter(({ shipment }) => shipment === 0).every(({ toldOn }) => toldOn >= allTold);
  const mayGo = (at: number) => {
    if (!order.sharesNumber) return !isNamed(at);
    return !isNamed(0) || (waits && at === 0 && orders[index]!.shipments.length === 2);
  };
  return {
    ...order,
    shipments: order.shipments.map((one, at) => ({ ...one, cancelled: mayGo(at) ? one.cancelled : null })),
  };
}

function realCorrections({ quantity, corrections }: RandomJob): RandomJob['corrections'] {
  const real: RandomJob['corrections'] = [];
  for (const one of corrections.toSorted((a, b) => (a.toldOn < b.toldOn ? -1 : 1)))
    if (one.quantity !== (real.at(-1)?.quantity ?? quantity)) real.push(one);
  return real;
}

/** The world as facts of the oracle. */
export function workFacts(world: string, { orders, carrierInvoices, deliveries, jobs }: WorkWorld): Facts {
  return {
    contracts: [{ merchant: 'M', startsOn: '2020-01-01', rateCard: 'own' }],
    shipments: orders.flatMap((order, index) => shipmentsOf(world, order, index)),
    carrierInvoices: carrierInvoices.map(({ toldOn, carrier, lines }, index): CarrierInvoice => ({
      ...{ carrier, number: `${world}-${index}`, knownOn: toldOn },
      lines: lines.map(({ order, shipment, kind, amountMinor }) => ({
        ...{ trackingNumber: asCarrierWrites(world, order, shipment), kind, amount: amountMinor },
      })),
    })),
    deliveries: deliveries.map(deliveryOf),
    specialJobs: jobs.map(jobOf),
  };
}

function shipmentsOf(world: string, order: RandomOrder, index: number): Shipment[] {
  const { country, channel, lines, shipments } = order;
  return shipments.map(({ shippedOn, toldOn, parcels, weightGrams, carrier, packaging, cancelled }, at) => {
    const held = linesIn(order, at);
    return {
      ...{ merchant: 'M', reference: `${index}/${at}`, order: String(index), shippedOn, knownOn: toldOn },
      ...{ country, channel, carrier, parcels, weightGrams, packaging: [...packaging] },
      trackingNumber: trackingNumber(world, order, index, at),
      ...{ pieces: held.reduce<number>((sum, line) => sum + lines[line]!, 0), lines: held.length },
      tags: held.flatMap((line) => [...GROUPS[line]!]),
      ...(cancelled ? { cancelled: { on: cancelled.on, knownOn: cancelled.toldOn } } : {}),
    };
  });
}

/** Which lines a shipment of an order holds: the first of two the first one. */
export const linesIn = ({ shipments }: Pick<RandomOrder, 'shipments'>, at: number): readonly (0 | 1)[] =>
  shipments.length === 1 ? [0, 1] : at === 0 ? [0] : [1];

function deliveryOf({ closedOn, correction, ...effort }: RandomDelivery, index: number): Delivery {
  const counted = ({ pallets, cartons, minutes, pieces }: Omit<RandomDelivery, 'closedOn' | 'correction'>) => ({
    ...{ pallets, cartons, minutes, pieces: pieces[0] + pieces[1] },
    tags: pieces.flatMap((count, article) => (count > 0 ? [...GROUPS[article]!] : [])),
  });
  return {
    ...{ merchant: 'M', reference: `GI ${index}`, closedOn, ...counted(effort) },
    corrections: correction ? [{ ...counted(correction), knownOn: correction.toldOn }] : [],
  };
}

function jobOf({ way, toldOn, signedOffOn, code, unit, quantity, corrections }: RandomJob, index: number): SpecialJob {
  const isDone = way === 'direct' || way === 'approved';
  return {
    ...{ merchant: 'M', reference: `job ${index}`, code, unit, quantity: String(quantity), knownOn: toldOn },
    ...(isDone ? { signedOffOn } : {}),
    corrections: corrections.map((one) => ({ quantity: String(one.quantity), knownOn: one.toldOn })),
  };
}
