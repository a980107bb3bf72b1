import type { AdjustmentAccount } from './adjustments.ts';
import type { Charge } from './charges.ts';
import { activeDays } from './days.ts';
import { decimalText } from './decimal.ts';
import { isOptional } from './groups.ts';
import { emptyMinimums, type MinimumAccount } from './minimums.ts';
import type { OracleRequest, OracleResult } from './oracle.ts';
import { billedUnits, emptyCounters, sharePrice, type Counters, type DayOfCharges } from './pricing.ts';
import { checkCard, rateOf, versionOn, type RateCard } from './rate-card.ts';

/** What is open and what was billed of one merchant. */
export interface Account {
  open: DayOfCharges[];
  /** parcels and kinds of carriers' surcharges that finance has to look at */
  heldSurcharges: Set<string>;
  unrated: { chargeType: string; serviceDate: string; reference: string; knownOn: string }[];
  totals: Map<string, { count: number; quantity: bigint }>;
  billed: Billed;
}

export interface Billed {
  counters: Counters;
  adjustments: AdjustmentAccount;
  minimums: MinimumAccount;
}

export const emptyAccount = (): Account => ({
  ...{ open: [], heldSurcharges: new Set(), unrated: [], totals: new Map() },
  billed: { counters: emptyCounters(), adjustments: new Map(), minimums: emptyMinimums() },
});

/** What decides a merchant's prices on a day. */
export interface Book {
  cardsOn: (day: string) => readonly RateCard[];
  activeDays: (month: string) => string[];
}

/** The card of the contract in force, or that began last before the day, and then the base card. */
export function bookOf({ rateCard, cards = [], facts = {} }: OracleRequest, number: string): Book {
  [rateCard, ...cards].forEach(checkCard);
  const contracts = (facts.contracts ?? [])
    .filter(({ merchant }) => merchant === number)
    .sort((a, b) => (a.startsOn < b.startsOn ? 1 : -1));
  return {
    activeDays: (month) => activeDays(contracts, month),
    cardsOn: (day) => {
      const code = contracts.find(({ startsOn }) => startsOn <= day)?.rateCard ?? null;
      const own = code === null ? [] : cards.filter((card) => card.code === code);
      return [...own, rateCard];
    },
  };
}

/** Rates charges into the accounts of their merchants. Returns merchants that nobody knows. */
export function collect(
  charges: Iterable<Charge>,
  books: ReadonlyMap<string, Book>,
  accounts: Map<string, Account>,
): string[] {
  const days = new Map<string, DayOfCharges>();
  const unknown = new Set<string>();
  for (const charge of charges) {
    const account = accounts.get(charge.merchant);
    if (!account) {
      unknown.add(charge.merchant);
      continue;
    }
    const { chargeType, serviceDate, knownOn, quantity, reference, amount, takesBack, surchargeOf } = charge;
    const cards = books.get(charge.merchant)!.cardsOn(serviceDate);
    const rate = charge.blocked ? null : rateOf(cards, charge);
    if (!rate && isLeftOut(charge, cards)) continue;
    const total = account.totals.get(chargeType) ?? { count: 0, quantity: 0n };
    account.totals.set(chargeType, { count: total.count + 1, quantity: total.quantity + quantity });
    if (!rate) {
      account.unrated.push({ chargeType, serviceDate, reference, knownOn });
      continue;
    }
    const { model, key: rule } = rate.rule;
    const price = amount === undefined ? null : sharePrice(model, amount);
    const priced = [charge.merchant, serviceDate, rate.card, rule, rate.version, price === null ? '' : reference];
    const keyOf = (...of: (string | boolean)[]) => [...priced, ...of].join('|');
    const key = keyOf(quantity < 0n, knownOn, takesBack ?? '', surchargeOf ?? '');
    let day = days.get(key);
    if (!day) {
      const takesBackOf =
        takesBack === undefined ? undefined : days.get(keyOf(quantity > 0n, takesBack, '', surchargeOf ?? ''));
      day = {
        ...{ serviceDate, knownOn, rate, quantity: 0n, count: 0, isBilled: false },
        ...(price === null ? {} : { own: { price, reference } }),
        ...(takesBackOf && { takesBackOf }),
        ...(surchargeOf === undefined ? {} : { surchargeOf }),
      };
      days.set(key, day);
      account.open.push(day);
    }
    day.quantity += billedUnits(model, quantity);
    day.count += 1;
  }
  return [...unknown].sort();
}

/** What is optional and in no card is no charge, unless it could be charged in several ways and none has a price. */
function isLeftOut(charge: Charge, cards: readonly RateCard[]): boolean {
  if (!isOptional(charge.chargeType) || !cards.some((card) => versionOn(card, charge.serviceDate))) return false;
  return !charge.ways || charge.ways.some((chargeType) => rateOf(cards, { ...charge, chargeType }) !== null);
}

export function chargeTotals(merchant: string, { totals }: Account): OracleResult['charges'] {
  return [...totals]
    .map(([chargeType, { count, quantity }]) => ({ merchant, chargeType, count, quantity: decimalText(quantity) }))
    .sort((a, b) => (a.chargeType < b.chargeType ? -1 : 1));
}
