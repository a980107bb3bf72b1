import { cutOffs, dayAfter, monthOf } from '../../oracle/days.ts';
import type { Facts, Shipment, StorageSnapshot } from '../../oracle/facts.ts';
import { dealt, type Deliveries, type Outgoing } from './deliveries.ts';
import { FIRST_DAY, LAST_DAY, type Terms } from './merchants.ts';

/** A line of a carrier's invoice for a parcel of the file. */
export interface CarrierLine {
  toldOn: string;
  merchant: string;
  document: string;
  shippedOn: string;
  country: string;
  weightGrams: number;
  kind: string;
  /** cents; below zero for what it gives back */
  amount: number;
}

/** What the file does not say and is made of it by fixed rules (oracle/README.md, The whole real file). */
export interface Made {
  carrierLines: CarrierLine[];
  stock: (StorageSnapshot & Required<Pick<StorageSnapshot, 'warehouse' | 'lines'>>)[];
}

const KINDS = ['remote_area', 'toll', 'oversize', 'weight_correction', 'energy'];
/** So many parcels of the file have a surcharge, whatever its size. */
const CARRIER_LINES = 240;
const WAREHOUSE = 'main';

export const madeOf = (shipments: readonly Shipment[], told: Deliveries, terms: readonly Terms[]): Made => ({
  carrierLines: carrierLines(shipments, told),
  stock: terms.flatMap(({ number, contracts }) =>
    contracts[0]!.storageMethod
      ? stockOf(
          number,
          told.outgoing.filter(({ merchant }) => merchant === number),
        )
      : [],
  ),
});

/** The same for the oracle. */
export const oracleFacts = (
  { carrierLines: lines, stock }: Made,
  { lateDocuments }: Deliveries,
  terms: readonly Terms[],
): Facts => ({
  lateDocuments,
  contracts: terms.flatMap(({ contracts }) => contracts),
  storageSnapshots: stock,
  events: lines.map(({ merchant, document, shippedOn, country, weightGrams, kind, amount, toldOn }) => ({
    ...{ merchant, reference: `${document} ${kind}`, chargeType: 'carrier_surcharge', serviceDate: shippedOn },
    ...{
      quantity: amount < 0 ? '-1' : '1',
      amount: Math.abs(amount),
      country,
      weightGrams,
      code: kind,
      knownOn: toldOn,
    },
  })),
});

/** Told with the delivery after that of the parcel; by its weight, and a tenth of them credits. */
function carrierLines(shipments: readonly Shipment[], { toldOn }: Deliveries): CarrierLine[] {
  const days = cutOffs(FIRST_DAY, LAST_DAY);
  const every = Math.max(1, Math.round(shipments.length / CARRIER_LINES));
  return shipments.flatMap(({ merchant, reference, shippedOn, country, weightGrams }) => {
    if (dealt(`carrier ${reference}`, every) > 0) return [];
    const document = reference.split('/')[0]!;
    const next = days[days.indexOf(toldOn.get(document)!) + 1];
    if (next === undefined) return [];
    const amount = 95 + Math.round(weightGrams / 70);
    const kind = KINDS[dealt(`kind ${reference}`, KINDS.length)]!;
    const sign = dealt(`sign ${reference}`, 10) === 0 ? -1 : 1;
    return [{ toldOn: next, merchant, document, shippedOn, country, weightGrams, kind, amount: sign * amount }];
  });
}

/** What leaves in a month from a day on lay there as the day began: a bin for each article, a litre for each piece. */
function stockOf(merchant: string, outgoing: readonly Outgoing[]): Made['stock'] {
  const months = Map.groupBy(outgoing, ({ day }) => monthOf(day));
  const stock: Made['stock'] = [];
  for (let date = FIRST_DAY; date <= LAST_DAY; date = dayAfter(date)) {
    const pieces = new Map<string, number>();
    for (const one of months.get(monthOf(date)) ?? [])
      if (one.day >= date) pieces.set(one.article, (pieces.get(one.article) ?? 0) + one.pieces);
    const lines = [...pieces].map(([article, count]) => ({
      ...{ bin: `${merchant}-${article}`, sku: article, quantity: String(count), volumeM3: (count / 1_000).toFixed(3) },
      ...(dealt(article, 4) === 0 ? { type: 'pallet' as const } : {}),
    }));
    stock.push({ merchant, date, warehouse: WAREHOUSE, lines });
  }
  return stock;
}
