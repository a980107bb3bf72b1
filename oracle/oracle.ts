import { bookOf, chargeTotals, collect, emptyAccount, type Account, type Book } from './account.ts';
import { chargesOf } from './charges.ts';
import { cutOffs, lastDayOf, monthOf } from './days.ts';
import { documentsOf, taxGroupOf, taxRules, type Tax, type TaxGroup } from './documents.ts';
import type { Facts, OracleMerchant } from './facts.ts';
import { groupOf, sectionOf } from './groups.ts';
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
  taxGroup: TaxGroup;
  /** of all taxes */
  taxes: Tax[];
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
    merchants.flatMap((merchant) => {
      const [account, book] = [accounts.get(merchant.number)!, books.get(merchant.number)!];
      const look = (when: OracleAccount['when'], isOpen: boolean) =>
        request.withAccounts && running.push(runningAccount(merchant, account, book, { cutOff, when, isOpen }));
      look('before', true);
      const made = invoicesOf(merchant, account, book, cutOff, { held, facts });
      look(
        'after',
        made.some(({ state }) => state === 'blocked'),
      );
      return made;
    }),
  );
  return {
    currency: rateCard.currency,
    file: { ...file, orders: shipments.length },
    charges: [...accounts].flatMap(([merchant, account]) => chargeTotals(merchant, account)),
    invoices,
    accounts: running,
    unrated: [...accounts].flatMap(([merchant, { unrated }]) =>
      unrated.map(({ chargeType, serviceDate, reference }) => ({ merchant, chargeType, serviceDate, reference })),
    ),
    held,
    unknownMerchants,
  };
}

/** The documents of a merchant at a cut-off, and what they make of its account. */
function invoicesOf(
  merchant: OracleMerchant,
  account: Account,
  book: Book,
  cutOff: string,
  { held, facts }: { held: OracleResult['held']; facts: Facts },
): OracleInvoice[] {
  const monthEnd = cutOff === lastDayOf(monthOf(cutOff));
  const half = merchant.cadence !== 'monthly';
  const due = ({ serviceDate, knownOn }: { serviceDate: string; knownOn: string }, chargeType: string) =>
    serviceDate <= cutOff && knownOn <= cutOff && (monthEnd || (half && sectionOf(chargeType) === 'fulfilment'));
  held.push(...holdOld(merchant, account, cutOff, due));
  const taken = new Set(account.open.filter((day) => due(day, day.rate.rule.chargeType)));
  const blocked = account.unrated.some((charge) => due(charge, charge.chargeType));
  if (monthEnd) comeTo(monthOf(cutOff), account.billed.minimums);
  const billed = structuredClone(account.billed);
  const lines = monthEnd || half ? billedLines([...taken], cutOff, book, billed) : [];
  if (lines.length === 0 && !blocked) return [];
  const taxOf = taxRules(merchant, facts.contracts ?? []);
  const made = documentsOf(merchant.number, cutOff, lines, taxOf);
  if (blocked) return made.map((document) => ({ ...document, state: 'blocked' }));
  const carried = made.filter(({ gross }) => gross <= 0n);
  const gone = [...taken].filter(({ rate, serviceDate }) => {
    const part = { group: groupOf(rate.rule.chargeType), serviceMonth: monthOf(serviceDate) };
    return !carried.some(({ taxGroup }) => taxGroup === taxGroupOf(taxOf(part)));
  });
  const waits = carried.map((document) => ({ ...document, state: 'carried' as const }));
  if (carried.length === made.length) return waits;
  for (const day of gone) day.isBilled = true;
  account.open = account.open.filter((day) => !day.isBilled);
  if (!carried.length) account.billed = billed;
  if (!carried.length) return made;
  // without what waits; a minimum stands outside and is asked for with what does
  const rest = billedLines(gone, cutOff, book, account.billed, carried[0]!.taxGroup === 'inside');
  return [...documentsOf(merchant.number, cutOff, rest, taxOf), ...waits];
}

/** Takes what is too old out of the account; it waits for finance. */
function holdOld(
  { number: merchant }: OracleMerchant,
  account: Account,
  cutOff: string,
  due: (day: DayOfCharges, chargeType: string) => boolean,
): OracleResult['held'] {
  const tooOld = (day: DayOfCharges) => due(day, day.rate.rule.chargeType) && isHeld(day, cutOff, account, cutOff);
  const waiting = new Set(account.open.filter(tooOld));
  for (const { surchargeOf } of waiting) if (surchargeOf !== undefined) account.heldSurcharges.add(surchargeOf);
  account.open = account.open.filter((day) => !waiting.has(day));
  return [...waiting].map(({ rate, serviceDate }) => ({
    ...{ merchant, chargeType: rate.rule.chargeType, serviceDate, cutOff },
  }));
}
