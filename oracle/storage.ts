import type { Charge } from './charges.ts';
import { activeDays, dayAfter, daysOfMonth, lastDayOf, monthOf } from './days.ts';
import { decimal, ONE, roundedQuotient } from './decimal.ts';
import type { Contract, Facts, OracleMerchant, StockLine, StorageMeasure } from './facts.ts';
import { arrivalsIn, yearsOfStock, type Arrival } from './stock-age.ts';
import { sharesOf, type BinHistory } from './bin-shares.ts';

/** Stock of one merchant in one warehouse, by day. */
interface Shelf {
  merchant: string;
  warehouse: string;
  days: Map<string, readonly StockLine[]>;
}

const MEASURE_OF_METHOD: Record<string, StorageMeasure> = {
  binDay: 'bin',
  palletDay: 'pallet',
  cubicMetreDay: 'cubicMetre',
  pieceDay: 'piece',
};
const UNIT: Record<StorageMeasure, string> = { bin: 'bin', pallet: 'pallet', cubicMetre: 'm3', piece: 'piece' };
const OF_MONTH = ['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth'];

/** What the recorded stock is charged with, by the method of the contract in force on each day. */
export function* storageCharges(facts: Facts, merchants: readonly OracleMerchant[]): Generator<Charge> {
  const shelves = shelvesOf(facts);
  for (const shelf of shelves) {
    const told = new Set(
      shelves.flatMap(({ merchant, days }) => (merchant === shelf.merchant ? [...days.keys()] : [])),
    );
    for (const contract of (facts.contracts ?? []).filter(({ merchant }) => merchant === shelf.merchant)) {
      if (!contract.storageMethod) continue;
      const measure = MEASURE_OF_METHOD[contract.storageMethod] ?? contract.storageMeasure ?? 'piece';
      const amounts = amountsBy(shelf, measure, binCounter(shelves, facts, merchants, shelf));
      if (OF_MONTH.includes(contract.storageMethod)) yield* monthCharges(shelf, contract, measure, amounts, told);
      else yield* dayCharges(shelf, contract, measure, amounts);
    }
  }
}

function shelvesOf({ storageSnapshots = [] }: Facts): Shelf[] {
  const shelves = new Map<string, Shelf>();
  for (const { merchant, warehouse = '', date, lines } of storageSnapshots) {
    if (!lines) continue;
    const key = `${merchant}|${warehouse}`;
    const shelf = shelves.get(key) ?? { merchant, warehouse, days: new Map() };
    shelf.days.set(date, lines);
    shelves.set(key, shelf);
  }
  return [...shelves.values()];
}

/** Millionths by bin or article on each recorded day; `null` where a volume is missing. */
type Amounts = Map<string, Map<string, bigint> | null>;

function amountsBy({ days }: Shelf, measure: StorageMeasure, countBin: (day: string, bin: string) => bigint): Amounts {
  return new Map(
    [...days].map(([day, lines]) => [
      day,
      measure === 'bin'
        ? new Map(lines.map(({ bin }) => [bin, countBin(day, bin)]))
        : goodsOf(
            lines.filter(({ type }) => measure !== 'pallet' || type === 'pallet'),
            measure,
          ),
    ]),
  );
}

function goodsOf(lines: readonly StockLine[], measure: StorageMeasure): Map<string, bigint> | null {
  const goods = new Map<string, bigint>();
  for (const { sku = '', quantity, volumeM3 } of lines) {
    const pieces = decimal(quantity);
    if (measure === 'cubicMetre' && pieces > 0n && volumeM3 === undefined) return null;
    const amount = measure === 'cubicMetre' ? (pieces > 0n ? decimal(volumeM3!) : 0n) : pieces;
    goods.set(sku, (goods.get(sku) ?? 0n) + amount);
  }
  return goods;
}

/** What a bin counts for on a day: one, a share of it, or nothing when it was emptied and such bins are free. */
function binCounter(shelves: readonly Shelf[], facts: Facts, merchants: readonly OracleMerchant[], shelf: Shelf) {
  const rank = new Map(merchants.map(({ number }, index) => [number, index]));
  const histories: BinHistory[] = shelves
    .filter(({ warehouse }) => warehouse === shelf.warehouse)
    .map(({ merchant, days }) => ({ merchant, rank: rank.get(merchant) ?? 0, days }));
  return (day: string, bin: string): bigint => {
    const policy = (facts.storagePolicies ?? [])
      .filter(({ validFrom }) => validFrom <= day)
      .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
    const tomorrow = shelf.days.get(dayAfter(day));
    if (policy?.emptiedBins === 'free' && tomorrow && !tomorrow.some((line) => line.bin === bin)) return 0n;
    return sharesOf(histories, day, bin, policy?.sharedBins ?? 'whole').get(shelf.merchant) ?? ONE;
  };
}

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((total, one) => total + one, 0n);
const within = ({ startsOn, endsOn }: Contract, day: string): boolean => startsOn <= day && day <= (endsOn ?? day);

/** One charge per recorded day under the contract, or per age band; by anniversary what begins another month. */
function* dayCharges(
  { merchant, warehouse }: Shelf,
  contract: Contract,
  measure: StorageMeasure,
  amounts: Amounts,
): Generator<Charge> {
  const { storageMethod, storageAgeBands: bands = [] } = contract;
  const perMonth = storageMethod === 'anniversary';
  const arrivalsOn = agesOf(amounts, measure);
  for (const [day, goods] of [...amounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!within(contract, day)) continue;
    const charge = {
      ...{ merchant, chargeType: 'storage', serviceDate: day, knownOn: day, reference: `${warehouse} ${day}` },
      unit: `${UNIT[measure]}_${perMonth ? 'month' : 'day'}`,
    };
    if (goods === null) yield { ...charge, quantity: 0n, blocked: true };
    else if (perMonth) yield* some(charge, sum(arrivalsOn(day).map((part) => (begins(part, day) ? part.amount : 0n))));
    else if (!bands.length) yield* some(charge, sum(goods.values()));
    else
      for (const [index, upTo] of [...bands, Infinity].entries()) {
        const over = bands[index - 1] ?? 0;
        const aged = sum(arrivalsOn(day).map(({ age, amount }) => (age > over && age <= upTo ? amount : 0n)));
        yield* some({ ...charge, age: { over, upTo } }, aged);
      }
  }
}

function* some(charge: Omit<Charge, 'quantity'>, quantity: bigint): Generator<Charge> {
  if (quantity !== 0n) yield { ...charge, quantity };
}

/** How old what counts on a day is. A bin is as old as the row of days it was there, whatever it counts for. */
function agesOf(amounts: Amounts, measure: StorageMeasure): (day: string) => Arrival[] {
  const there: Amounts = new Map(
    [...amounts].map(([day, goods]) => [
      day,
      goods === null || measure !== 'bin' ? goods : new Map([...goods].map(([bin]) => [bin, ONE])),
    ]),
  );
  const curves = yearsOfStock(there);
  return (day) =>
    arrivalsIn(curves, there.get(day)!, day).map((part) => ({
      ...part,
      amount: (part.amount * amounts.get(day)!.get(part.key)!) / there.get(day)!.get(part.key)!,
    }));
}

/** Whether another month begins: on the first recorded day and on that day of each month, or on the last of a shorter one. */
const begins = ({ since }: Arrival, day: string): boolean =>
  Number(day.slice(8)) === Math.min(Number(since.slice(8)), daysOfMonth(monthOf(day)));

/** One charge per month of the contract, once each of its days is told of somewhere; where one is not, nothing lay there. */
function* monthCharges(
  { merchant, warehouse, days }: Shelf,
  contract: Contract,
  measure: StorageMeasure,
  amounts: Amounts,
  told: ReadonlySet<string>,
): Generator<Charge> {
  for (const month of new Set([...days.keys()].sort().map(monthOf))) {
    const active = activeDays([contract], month);
    const last = active.at(-1);
    if (last === undefined || !active.every((day) => told.has(day))) continue;
    const charge = {
      ...{ merchant, chargeType: 'storage', serviceDate: last, knownOn: last, reference: `${warehouse} ${month}` },
      unit: `${UNIT[measure]}_month`,
    };
    const stock = active.map((day) => ({ day, amount: days.has(day) ? amounts.get(day)! : new Map<string, bigint>() }));
    if (stock.some(({ amount }) => amount === null)) yield { ...charge, quantity: 0n, blocked: true };
    else
      yield* some(
        charge,
        ofMonth(
          contract.storageMethod!,
          stock.map(({ day, amount }) => ({ day, amount: sum(amount!.values()) })),
        ),
      );
  }
}

/** The quantity of a month; a part of a month counts by its days. Rounded once, to six places. */
function ofMonth(method: string, stock: readonly { day: string; amount: bigint }[]): bigint {
  const length = daysOfMonth(monthOf(stock[0]!.day));
  const part = (amount: bigint, days: number, of: number, whole = 1n) =>
    roundedQuotient(amount * BigInt(days), BigInt(of) * whole);
  if (method === 'monthAverage') return part(sum(stock.map(({ amount }) => amount)), 1, length);
  if (method === 'monthEnd') return part(stock.at(-1)!.amount, stock.length, length);
  if (method === 'monthPeak')
    return part(
      stock.reduce((most, { amount }) => (amount > most ? amount : most), 0n),
      stock.length,
      length,
    );
  const first = stock.filter(({ day }) => day.slice(8) < '15');
  const second = stock.filter(({ day }) => day.slice(8) >= '15');
  const [left, right] = [14, Number(lastDayOf(monthOf(stock[0]!.day)).slice(8)) - 14];
  const weight = (half: typeof first, other: number) => (half[0]?.amount ?? 0n) * BigInt(half.length * other);
  return part(weight(first, right) + weight(second, left), 1, left * right, 2n);
}
