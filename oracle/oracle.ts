import { chargesOf } from './charges.ts';
import { cutOffs, dayNumber, lastDayOf, monthOf } from './days.ts';
import { decimalText, roundedQuotient } from './decimal.ts';
import type { Facts, OracleMerchant } from './facts.ts';
import { priceLines, sectionOf, type Counters, type DayOfCharges, type PricedLine } from './pricing.ts';
import { rates, type RateCard } from './rate-card.ts';
import { readInput, type FileContent } from './read-input.ts';

export interface OracleRequest {
  /** path of an Online Retail file (.csv or .csv.gz); absent when the facts say everything */
  input?: string;
  rateCard: RateCard;
  merchants: OracleMerchant[];
  facts?: Facts;
  /** cut-offs between these days are computed; what was earned earlier is swept into the first one */
  from: string;
  to: string;
}

export interface OracleInvoice {
  merchant: string;
  cutOff: string;
  /** `carried`: the total is zero, nothing is issued and the charges wait; `blocked`: something has no price */
  state: 'issued' | 'carried' | 'blocked';
  lines: PricedLine[];
  sectionNet: { fulfilment: bigint; monthly: bigint };
  net: bigint;
  vatCategory: 'S' | 'AE' | 'O';
  vatPercent: number;
  vat: bigint;
  gross: bigint;
}

export interface OracleResult {
  currency: string;
  file: Omit<FileContent, 'shipments'> & { orders: number };
  /** every charge type of every merchant, whether on an invoice or not; quantity as a decimal */
  charges: { merchant: string; chargeType: string; count: number; quantity: string }[];
  invoices: OracleInvoice[];
  unrated: { merchant: string; chargeType: string; serviceDate: string; reference: string }[];
  /** charges older than 90 days at the cut-off they first came up at; they wait for finance */
  held: { merchant: string; chargeType: string; serviceDate: string; cutOff: string }[];
  /** merchants in the input that the list of merchants lacks: nothing is computed for them */
  unknownMerchants: string[];
}

interface Account {
  open: DayOfCharges[];
  counters: Counters;
  unrated: { chargeType: string; serviceDate: string; reference: string; knownOn: string }[];
  totals: Map<string, { count: number; quantity: bigint }>;
}

const HOLD_AFTER_DAYS = 90;
const NO_CONTENT: FileContent = { shipments: [], orderLines: 0, returnLines: 0, announcedReturns: 0, otherLines: 0 };

/**
 * What every merchant owes at every cut-off, worked out from the input alone.
 * @throws Error when the input or the card is not as documented
 */
export async function compute(request: OracleRequest): Promise<OracleResult> {
  const { merchants, rateCard, from, to, facts = {} } = request;
  const { shipments, ...file } = request.input ? await readInput(request.input, facts.dateShift) : NO_CONTENT;
  const accounts = new Map(merchants.map(({ number }) => [number, emptyAccount()]));
  const unknownMerchants = collect(chargesOf(shipments, facts, merchants, from, to), rateCard, accounts);
  const held: OracleResult['held'] = [];
  const invoices = cutOffs(from, to).flatMap((cutOff) =>
    merchants.map((merchant) => invoice(merchant, accounts.get(merchant.number)!, cutOff, held)),
  );
  return {
    currency: rateCard.currency,
    file: { ...file, orders: shipments.length },
    charges: [...accounts].flatMap(([merchant, account]) => chargeTotals(merchant, account)),
    invoices: invoices.filter((made) => made !== null),
    unrated: [...accounts].flatMap(([merchant, { unrated }]) =>
      unrated.map(({ chargeType, serviceDate, reference }) => ({ merchant, chargeType, serviceDate, reference })),
    ),
    held,
    unknownMerchants,
  };
}

const emptyAccount = (): Account => ({ open: [], counters: new Map(), unrated: [], totals: new Map() });

function collect(charges: ReturnType<typeof chargesOf>, card: RateCard, accounts: Map<string, Account>): string[] {
  const rateOf = rates(card);
  const days = new Map<string, DayOfCharges>();
  const unknown = new Set<string>();
  for (const charge of charges) {
    const account = accounts.get(charge.merchant);
    if (!account) {
      unknown.add(charge.merchant);
      continue;
    }
    const { chargeType, serviceDate, knownOn, quantity, reference } = charge;
    const total = account.totals.get(chargeType) ?? { count: 0, quantity: 0n };
    account.totals.set(chargeType, { count: total.count + 1, quantity: total.quantity + quantity });
    const rate = rateOf(charge);
    if (!rate) {
      account.unrated.push({ chargeType, serviceDate, reference, knownOn });
      continue;
    }
    const key = [charge.merchant, serviceDate, knownOn, rate.rule.key, rate.version].join('|');
    let day = days.get(key);
    if (!day) {
      day = { serviceDate, knownOn, rate, quantity: 0n, count: 0 };
      days.set(key, day);
      account.open.push(day);
    }
    day.quantity += quantity;
    day.count += 1;
  }
  return [...unknown].sort();
}

function invoice(
  merchant: OracleMerchant,
  account: Account,
  cutOff: string,
  held: OracleResult['held'],
): OracleInvoice | null {
  const monthEnd = cutOff === lastDayOf(monthOf(cutOff));
  const due = ({ serviceDate, knownOn }: { serviceDate: string; knownOn: string }, chargeType: string) =>
    serviceDate <= cutOff && knownOn <= cutOff && (monthEnd || sectionOf(chargeType) === 'fulfilment');
  const tooOld = (day: DayOfCharges) => dayNumber(cutOff) - dayNumber(day.serviceDate) > HOLD_AFTER_DAYS;
  const collected = account.open.filter((day) => due(day, day.rate.rule.chargeType));
  for (const { rate, serviceDate } of collected.filter(tooOld)) {
    held.push({ merchant: merchant.number, chargeType: rate.rule.chargeType, serviceDate, cutOff });
  }
  const gone = new Set(collected.filter(tooOld));
  account.open = account.open.filter((day) => !gone.has(day));
  const billed = new Set(collected.filter((day) => !gone.has(day)));
  const blocked = account.unrated.some((charge) => due(charge, charge.chargeType));
  if (billed.size === 0 && !blocked) return null;
  const counters = new Map(account.counters);
  const made = totalled(merchant, cutOff, priceLines([...billed], counters));
  if (blocked) return { ...made, state: 'blocked' };
  if (made.gross === 0n) return { ...made, state: 'carried' };
  account.counters = counters;
  account.open = account.open.filter((day) => !billed.has(day));
  return made;
}

const VAT = { domestic: ['S', 19], reverseCharge: ['AE', 0], thirdCountry: ['O', 0] } as const;

function totalled(merchant: OracleMerchant, cutOff: string, lines: PricedLine[]): OracleInvoice {
  const [vatCategory, vatPercent] = VAT[merchant.taxTreatment];
  const netOf = (section: string) => lines.reduce((sum, line) => (line.section === section ? sum + line.net : sum), 0n);
  const sectionNet = { fulfilment: netOf('fulfilment'), monthly: netOf('monthly') };
  const net = sectionNet.fulfilment + sectionNet.monthly;
  const vat = roundedQuotient(net * BigInt(vatPercent), 100n);
  const totals = { sectionNet, net, vatCategory, vatPercent, vat, gross: net + vat };
  return { merchant: merchant.number, cutOff, state: 'issued', lines, ...totals };
}

function chargeTotals(merchant: string, { totals }: Account): OracleResult['charges'] {
  return [...totals]
    .map(([chargeType, { count, quantity }]) => ({ merchant, chargeType, count, quantity: decimalText(quantity) }))
    .sort((a, b) => (a.chargeType < b.chargeType ? -1 : 1));
}
