import type { Charge } from './charges.ts';
import { ONE } from './decimal.ts';
import type { Shipment } from './facts.ts';

const MILLIONTHS_PER_GRAM = 1_000n;

/** The day on which a shipment was told of, and the one on which the house knew that it was called back. */
export const toldOn = ({ shippedOn, knownOn }: Shipment): string => knownOn ?? shippedOn;
export function backOn(shipment: Shipment): string | null {
  const { cancelled } = shipment;
  if (!cancelled) return null;
  const known = cancelled.knownOn ?? cancelled.on;
  return known > toldOn(shipment) ? known : toldOn(shipment);
}

/** Grams per parcel, rounded up: what prices by weight go by. Nothing where no weight was told. */
export const parcelWeight = ({ weightGrams, parcels = 1 }: Shipment): { weightGrams?: number } =>
  weightGrams > 0 ? { weightGrams: Math.ceil(weightGrams / parcels) } : {};

/** What shipments are charged with, and what is taken back of those that were called back. */
export function* shipmentCharges(shipments: Iterable<Shipment>): Generator<Charge> {
  const orders = new Map<string, Shipment[]>();
  for (const shipment of shipments) {
    if (shipment.order === undefined) {
      yield* ofOrder([shipment]);
      continue;
    }
    const key = `${shipment.merchant}|${shipment.order}`;
    const members = orders.get(key) ?? [];
    members.push(shipment);
    orders.set(key, members);
  }
  for (const members of orders.values()) yield* ofOrder(members);
}

/**
 * The first piece of an order is picked once: with the shipment that was told of while nothing of the order was under
 * way, and with the earliest of those left once that one was called back.
 */
function* ofOrder(shipments: readonly Shipment[]): Generator<Charge> {
  const standing = new Map<Shipment, Told>();
  for (const { day, shipment, isBack } of newsOf(shipments)) {
    if (!isBack) {
      const told = { isFirst: standing.size === 0, day };
      yield* ofShipment(shipment, told);
      standing.set(shipment, told);
      continue;
    }
    const { isFirst } = standing.get(shipment)!;
    yield* takenBack(shipment, standing.get(shipment)!, day);
    standing.delete(shipment);
    yield cancellation(shipment, day);
    const [next] = [...standing.keys()].sort((a, b) => compare(a.shippedOn, b.shippedOn));
    if (!isFirst || !next) continue;
    yield* takenBack(next, standing.get(next)!, day);
    const told = { isFirst: true, day };
    yield* ofShipment(next, told);
    standing.set(next, told);
  }
}

/** How a shipment was charged, and since when that was known. */
interface Told {
  isFirst: boolean;
  day: string;
}

function newsOf(shipments: readonly Shipment[]) {
  const news = shipments.flatMap((shipment) => {
    const back = backOn(shipment);
    const told = { day: toldOn(shipment), shipment, isBack: false };
    return back === null ? [told] : [told, { day: back, shipment, isBack: true }];
  });
  return news.sort((a, b) => compare(a.day, b.day));
}

function* takenBack(shipment: Shipment, told: Told, knownOn: string): Generator<Charge> {
  for (const charge of ofShipment(shipment, told))
    yield { ...charge, knownOn, takesBack: told.day, quantity: -charge.quantity };
}

function* ofShipment(shipment: Shipment, { isFirst, day: knownOn }: Told): Generator<Charge> {
  const { pieces, parcels = 1, lines = 0, weightGrams, shippedOn } = shipment;
  const base = { ...baseOf(shipment), serviceDate: shippedOn, knownOn };
  const packaging = new Map<string, number>();
  for (const { code, quantity } of shipment.packaging ?? []) packaging.set(code, (packaging.get(code) ?? 0) + quantity);
  const parts: [chargeType: string, count: number][] = [
    ['pick_first', isFirst ? 1 : 0],
    ['pick_further', pieces - (isFirst ? 1 : 0)],
    ['pick_line', lines],
    ['pack', parcels],
    ['material', packaging.size > 0 ? 0 : parcels],
    ['freight', parcels],
  ];
  for (const [chargeType, count] of parts) if (count > 0) yield { ...base, chargeType, quantity: BigInt(count) * ONE };
  if (weightGrams > 0)
    yield { ...base, chargeType: 'pick_weight', quantity: BigInt(weightGrams) * MILLIONTHS_PER_GRAM };
  for (const [code, count] of packaging)
    yield { ...base, chargeType: 'packaging', code, quantity: BigInt(count) * ONE };
}

const cancellation = (shipment: Shipment, knownOn: string): Charge => ({
  ...baseOf(shipment),
  ...{ chargeType: 'cancel_after_pick', serviceDate: shipment.cancelled!.on, knownOn, quantity: ONE },
});

function baseOf(shipment: Shipment) {
  const { merchant, reference, country, carrier, channel, tags } = shipment;
  return {
    ...{ merchant, reference, country, ...parcelWeight(shipment) },
    ...(carrier === undefined ? {} : { carrier }),
    ...(channel === undefined ? {} : { channel }),
    ...(tags === undefined ? {} : { tags }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
