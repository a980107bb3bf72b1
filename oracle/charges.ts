import { carrierCharges } from './carrier-lines.ts';
import { activeDays, daysOfMonth, lastDayOf, monthAfter, monthOf } from './days.ts';
import { decimal, ONE, roundedQuotient } from './decimal.ts';
import type { Contract, Facts, InspectedReturn, OracleMerchant, Shipment } from './facts.ts';
import { deliveryCharges, jobCharges } from './revisions.ts';
import { shipmentCharges } from './shipments.ts';
import { storageCharges } from './storage.ts';

/** One chargeable event, not priced yet. `quantity` in millionths. */
export interface Charge {
  merchant: string;
  chargeType: string;
  serviceDate: string;
  knownOn: string;
  quantity: bigint;
  reference: string;
  /** of what takes a charge back: the day on which that one was known */
  takesBack?: string;
  /** of what a carrier bills or gives back: its parcel and kind */
  surchargeOf?: string;
  amount?: number;
  country?: string;
  weightGrams?: number;
  carrier?: string;
  channel?: string;
  code?: string;
  tags?: string[];
  /** of what can be charged in several ways: all of them; one has to have a price */
  ways?: string[];
  /** of storage and jobs: what is counted; a rule for another unit does not fit */
  unit?: string;
  /** of storage: days since the first recorded day, over and up to */
  age?: { over: number; upTo: number };
  /** the quantity cannot be known: there is no price */
  blocked?: boolean;
}

type Part = [chargeType: string, pieces: number];

/** Everything that is charged for what happened, by the rules in oracle/README.md. */
export function* chargesOf(
  shipments: Iterable<Shipment>,
  facts: Facts,
  merchants: readonly OracleMerchant[],
  from: string,
  to: string,
): Generator<Charge> {
  yield* shipmentCharges(shipments);
  yield* shipmentCharges(facts.shipments ?? []);
  yield* carrierCharges(facts.carrierInvoices ?? [], facts.shipments ?? []);
  for (const delivery of facts.deliveries ?? []) yield* deliveryCharges(delivery);
  for (const parcel of facts.returns ?? []) yield* ofReturn(parcel);
  for (const { merchant, reference, dispatchedOn, pieces, parcels, knownOn } of facts.rtvBatches ?? []) {
    const base = { merchant, reference, serviceDate: dispatchedOn, knownOn: knownOn ?? dispatchedOn };
    yield* counted(base, [
      ['rtv_handling', pieces],
      ['rtv_freight', parcels],
    ]);
  }
  for (const { merchant, date, quantity } of facts.storageSnapshots ?? []) {
    if (quantity === undefined) continue;
    yield {
      merchant,
      chargeType: 'storage',
      serviceDate: date,
      knownOn: date,
      quantity: decimal(quantity),
      reference: date,
    };
  }
  yield* storageCharges(facts, merchants);
  for (const job of facts.specialJobs ?? []) yield* jobCharges(job);
  for (const event of facts.events ?? [])
    yield { ...event, quantity: decimal(event.quantity), knownOn: event.knownOn ?? event.serviceDate };
  for (const merchant of merchants) yield* softwareFees(merchant, facts.contracts ?? [], from, to);
}

function* ofReturn(parcel: InspectedReturn): Generator<Charge> {
  const { merchant, reference, kind, receivedOn, inspectedOn, knownOn } = parcel;
  if (kind === 'undeliverable') {
    const base = { merchant, reference, serviceDate: receivedOn, knownOn: knownOn ?? receivedOn };
    yield* counted(base, [['return_undeliverable', 1]]);
  }
  if (inspectedOn === undefined) return;
  const handling: Part[] = [
    ['return_parcel', 1],
    ['return_item', parcel.pieces],
  ];
  yield* counted({ merchant, reference, serviceDate: inspectedOn, knownOn: knownOn ?? inspectedOn }, [
    ...(kind === 'undeliverable' ? [] : handling),
    ['return_photo', parcel.hasPhotos ? 1 : 0],
    ['return_restock', parcel.restocked],
    ['return_disposal', parcel.disposed],
  ]);
}

function* counted(base: Omit<Charge, 'chargeType' | 'quantity'>, parts: readonly Part[]): Generator<Charge> {
  for (const [chargeType, pieces] of parts) {
    if (pieces > 0) yield { ...base, chargeType, quantity: BigInt(pieces) * ONE };
  }
}

/** Once per month that ends by `to`, on its last day: days under contract ÷ days of the month, six places. */
function* softwareFees(
  merchant: OracleMerchant,
  contracts: readonly Contract[],
  from: string,
  to: string,
): Generator<Charge> {
  if (merchant.softwareFee === false) return;
  const own = contracts.filter(({ merchant: number }) => number === merchant.number);
  for (let month = monthOf(from); lastDayOf(month) <= to; month = monthAfter(month)) {
    const active = activeDays(own, month).length;
    if (active === 0) continue;
    const quantity = roundedQuotient(BigInt(active) * ONE, BigInt(daysOfMonth(month)));
    const serviceDate = lastDayOf(month);
    yield {
      merchant: merchant.number,
      chargeType: 'software_fee',
      serviceDate,
      knownOn: serviceDate,
      quantity,
      reference: month,
    };
  }
}
