import { bookOf, chargeTotals, collect, emptyAccount, type Account, type Book } from './account.ts';
import { chargesOf } from './charges.ts';
import { cutOffs, lastDayOf, monthOf } from './days.ts';
import { roundedQuotient } from './decimal.ts';
import type { Facts, OracleMerchant } from './facts.ts';
import { sectionOf } from './groups.ts';
import { isHeld } from './held.ts';
import { billedLines } from './invoice-lines.ts';
import { comeTo } from './minimums.ts';
import type { DayOfCharges, PricedLine } from './pricing.ts';
import type { RateCard } from './rate-card.ts';
import { readInput, type FileContent } from './read-input.ts';
import { runningAccount, type OracleAccount } from './running-account.ts';

export interface OracleRequest {
  /** path of an Online Retail file (.csv or .csv.gz); absent when the facts say everything */
  input?: string;
  /** the base card */
  rateCard: RateCard;
  /** merchants' own cards, named by their contracts */
  cards?: RateCard[];
  merchants: OracleMerchant[];
  facts?: Facts;
  /** cut-offs between these days are computed; what was earned earlier is swept into the first one */
  from: string;
  to: string;
  /** the running accounts too, around every cut-off */
  withAccounts?: boolean;
}

export interface OracleInvoice {
  merchant: string;
  cutOff: string;
  /** `carried`: the total is zero or below, nothing is issued and the charges wait; `blocked`: something has no price */
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
  /** only where they were asked for */
  accounts: OracleAccount[];
  unrated: { merchant: string; chargeType: string; serviceDate: string; reference: string }[];
  /**
   * what costs something and is older than 90 days at the first cut-off that would have billed it, and what a carrier
   * gives back of that; it waits for finance
   */
  held: { merchant: string; chargeType: string; serviceDate: string; cutOff: string }[];
  /** merchants in the input that the list of merchants lacks: nothing is computed for them */
  unknownMerchants: string[];
}

const NO_CONTENT: FileContent = { shipments: [], orderLines: 0, returnLines: 0, announcedReturns: 0, otherLines: 0 };

/**
 * What every merchant owes at every cut-off, worked out from the input alone.
 * @throws Error when the input or a card is not as documented
 */
export async function compute(request: OracleRequest): Promise<OracleResult> {
  const { merchants, rateCard, from, to, facts = {} } = request;
  const { shipments, ...file } = request.input ? await readInput(request.input, facts) : NO_CONTENT;
  const accounts = new Map(merchants.map(({ number }) => [number, emptyAccount()]));
  const books = new Map(merchants.map(({ number }) => [number, bookOf(request, number)]));
  const unknownMerchants = collect(chargesOf(shipments, facts, merchants, from, to), books, accounts);
  const held: OracleResult['held'] = [];
  const running: OracleAccount[] = [];
  const invoices = cutOffs(from, to).flatMap((cutOff) =>
    merchants.map((merchant) => {
      const [account, book] = [accounts.get(merchant.number)!, books.get(merchant.number)!];
      const look = (when: OracleAccount['when'], isOpen: boolean) =>
        request.withAccounts && running.push(runningAccount(merchant, account, book, { cutOff, when, isOpen }));
      look('before', true);
      const made = invoice(merchant, account, book, cutOff, held);
      look('after', made?.state === 'blocked');
      return made;
    }),
  );
  return {
    currency: rateCard.currency,
    file: { ...file, orders: shipments.length },
    charges: [...accounts].flatMap(([merchant, account]) => chargeTotals(merchant, account)),
    invoices: invoices.filter((made) => made !== null),
    accounts: running,
    unrated: [...accounts].flatMap(([merchant, { unrated }]) =>
      unrated.map(({ chargeType, serviceDate, reference }) => ({ merchant, chargeType, serviceDate, reference })),
    ),
    held,
    unknownMerchants,
  };
}

function invoice(
  merchant: OracleMerchant,
  account: Account,
  book: Book,
  cutOff: string,
  held: OracleResult['held'],
): OracleInvoice | null {
  const monthEnd = cutOff === lastDayOf(monthOf(cutOff));
  const half = merchant.cadence !== 'monthly';
  const due = ({ serviceDate, knownOn }: { serviceDate: string; knownOn: string }, chargeType: string) =>
    serviceDate <= cutOff && knownOn <= cutOff && (monthEnd || (half && sectionOf(chargeType) === 'fulfilment'));
  const tooOld = (day: DayOfCharges) => due(day, day.rate.rule.chargeType) && isHeld(day, cutOff, account, cutOff);
  const waiting = new Set(account.open.filter(tooOld));
  for (const { rate, serviceDate, surchargeOf } of waiting) {
    if (surchargeOf !== undefined) account.heldSurcharges.add(surchargeOf);
    held.push({ merchant: merchant.number, chargeType: rate.rule.chargeType, serviceDate, cutOff });
  }
  account.open = account.open.filter((day) => !waiting.has(day));
  const taken = new Set(account.open.filter((day) => due(day, day.rate.rule.chargeType)));
  const blocked = account.unrated.some((charge) => due(charge, charge.chargeType));
  if (monthEnd) comeTo(monthOf(cutOff), account.billed.minimums);
  const billed = structuredClone(account.billed);
  const lines = monthEnd || half ? billedLines([...taken], cutOff, book, billed) : [];
  if (lines.length === 0 && !blocked) return null;
  const made = totalled(merchant, cutOff, lines);
  if (blocked) return { ...made, state: 'blocked' };
  if (made.gross <= 0n) return { ...made, state: 'carried' };
  account.billed = billed;
  for (const day of taken) day.isBilled = true;
  account.open = account.open.filter((day) => !taken.has(day));
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
