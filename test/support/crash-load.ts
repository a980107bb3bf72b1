import type { Chance } from '../../demo/chance.ts';
import type { Facts, Shipment } from '../../oracle/facts.ts';
import type { Api } from './api.ts';
import { otherWork, recordStock, type OtherWork } from './crash-load-work.ts';

/** A shipment as it was sent, with what the product needs to know of it. */
export interface SentShipment extends Shipment {
  merchantId: string;
  /** Its day was billed, or was just being billed, when it was sent. */
  late: boolean;
}

/** Days that are shipped on from now on; of those that are late there are few. */
export interface Period {
  from: string;
  to: string;
  /** The last day of what is late; none is without it. */
  lateTo?: string | undefined;
}

/** A merchant that work comes in for. */
export interface LoadedMerchant {
  id: string;
  number: string;
  /** Its stock is charged by the bin and day. */
  hasStock: boolean;
}

/** Work that comes in without pause, whatever becomes of the product: orders mostly. */
export interface Load {
  sent: readonly SentShipment[];
  /** Returns, jobs and stock that were sent. */
  others: Required<OtherWork>;
  /** Goes on with another period, once everything of this one is accepted. */
  turnTo: (period: Period) => Promise<void>;
  /** How many of the period were accepted, once its stock was. @throws what was refused */
  accepted: () => number;
  stop: () => Promise<void>;
}

const LANES = 2;
const LATE_SHARE = 0.15;
/** One in so many is no order. */
const OTHER_EVERY = 6;
const DAY_MS = 86_400_000;

/**
 * @param attempt  carries out a request, again and again until it is answered
 * @param today    the day of what cannot be told afterwards: parcels that come back
 */
export function startLoad(
  {
    chance,
    merchants,
    attempt,
    today,
  }: { chance: Chance; merchants: LoadedMerchant[]; attempt: Attempt; today: string },
  first: Period,
): Load {
  const sent: SentShipment[] = [];
  const others = { returns: [], specialJobs: [], storageSnapshots: [] } satisfies Facts as Required<OtherWork>;
  let [stockDone, turns] = [false, 0];
  let period = first;
  let count = 0;
  let [stopped, turning] = [false, false];
  const lane = async (): Promise<void> => {
    while (!stopped && !turning) {
      turns += 1;
      if (turns % OTHER_EVERY === 0) await otherWork({ chance, merchants, attempt, today }, period, turns, others);
      else {
        const one = shipment(chance, merchants, period, sent.length);
        sent.push(one);
        await ship(attempt, one);
      }
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, chance.whole(50, 250)));
    }
  };
  let refused: { error: unknown } | undefined;
  const stock = async () => {
    stockDone = false;
    await recordStock({ chance, merchants, attempt }, period, others);
    stockDone = true;
  };
  const lanes = () =>
    Promise.all([stock(), ...Array.from({ length: LANES }, lane)]).catch(
      (error: unknown) => void (refused = { error }),
    );
  let running: Promise<unknown> = lanes();
  return {
    ...{ sent, others },
    accepted: () => {
      if (refused) throw refused.error;
      return stockDone ? count : 0;
    },
    turnTo: async (next) => {
      turning = true;
      await running;
      [turning, count, period] = [false, 0, next];
      running = lanes();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Carries out a request with a key, so that asking again does nothing twice. */
export type Attempt = <Body = { id: string }>(
  request: (api: Api, headers: Record<string, string>) => Promise<Body>,
  key: string,
) => Promise<Body>;

function shipment(
  chance: Chance,
  merchants: readonly LoadedMerchant[],
  { from, to, lateTo }: Period,
  index: number,
): SentShipment {
  // in turn, so that every merchant has something in every period
  const { id: merchantId, number: merchant } = merchants[index % merchants.length]!;
  const late = lateTo !== undefined && chance.next() < LATE_SHARE;
  const last = late ? lateTo : to;
  const days = (Date.parse(last) - Date.parse(late ? '2026-10-01' : from)) / DAY_MS;
  const shippedOn = new Date(Date.parse(last) - chance.whole(0, days) * DAY_MS).toISOString().slice(0, 10);
  return {
    ...{ merchantId, merchant, late, shippedOn },
    reference: `${merchant}-${String(index).padStart(5, '0')}`,
    country: chance.pick(['DE', 'DE', 'DE', 'AT', 'FR']),
    pieces: chance.whole(1, 60),
    weightGrams: chance.whole(100, 25_000),
  };
}

async function ship(
  attempt: Attempt,
  { merchantId, reference, country, pieces, weightGrams, shippedOn }: SentShipment,
): Promise<void> {
  const shippedAt = `${shippedOn}T10:00:00Z`;
  const order = {
    ...{ merchantId, channel: 'shop', externalNumber: reference, orderedAt: shippedAt, country },
    lines: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: pieces }],
  };
  const { id } = await attempt((api, headers) => api.post('/orders', order, headers), `order ${reference}`);
  const parcel = { weightGrams, carrier: 'DHL', trackingNumber: `T-${reference}`, shippedAt };
  await attempt((api, headers) => api.post(`/orders/${id}/shipments`, parcel, headers), `shipment ${reference}`);
}
