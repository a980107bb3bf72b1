import type { Suggestion } from '../../../../shared/protocol/billing/bank-actions.ts';
import { byNumber, exactly, namedBy, oldestFirst, type NamedLetter } from './by-number.ts';
import { asSaid, namesNumber, wordsOf } from './named-numbers.ts';
import { asRecorded, recordedByHand } from './recorded-by-hand.ts';
import type { CollectedDebit } from './returned-parts.ts';
import { returnsFound } from './suggest-return.ts';
import { documentsOfSum } from './sum-of.ts';

/** What an entry of the bank says. */
export interface ToldEntry {
  amountMinor: number;
  chargeMinor: number | null;
  valueDate: string;
  counterpartyName: string | null;
  counterpartyIban: string | null;
  remittance: string;
  endToEndId: string | null;
  mandateId: string | null;
  returnReason: string | null;
  reversal: boolean;
}

export interface OpenDocument {
  invoiceId: string;
  merchantId: string;
  number: string;
  /** Negative where the house owes it. */
  openMinor: number;
}

/** Money that was recorded before: by hand and in no statement yet, or with a reference that comes back with it. */
export interface EarlierPayment {
  id: string;
  /** `null` while nobody said whose it is, of what was recorded by hand. */
  merchantId: string | null;
  amountMinor: number;
  valueDate: string;
  endToEndId: string | null;
  /** Recorded by hand and in no statement yet. */
  byHand: boolean;
  payerIban: string | null;
  /** What of it the bank did not take back yet. */
  leftMinor: number;
  /** Direct debits that it collected and that did not come back. */
  collected: readonly CollectedDebit[];
  /** What it pays now. */
  allocations: readonly { invoiceId: string; number: string; amountMinor: number }[];
}

export interface Known {
  /** Longest due first. */
  documents: readonly OpenDocument[];
  merchants: ReadonlyMap<string, { number: string; name: string }>;
  /** Who paid from an account before. */
  payersOf: ReadonlyMap<string, readonly string[]>;
  payments: readonly EarlierPayment[];
  /** Dunning letters about documents that are open. */
  letters: readonly NamedLetter[];
}

export type Found = Pick<Suggestion, 'confidence' | 'reasons' | 'merchantId' | 'allocations'> & {
  paymentId?: string;
  claimsMinor?: number;
  chargeMinor?: number;
};
const MOST = 3;
const ORDER = ['sure', 'likely', 'possible'] as const;

/**
 * What an entry of the bank may belong to, surest first, at most three. `sure` is only what names the numbers of
 * documents of one merchant that come to exactly its amount, unless something speaks against it: the account is known
 * as somebody else's, the money was recorded by hand already, or the bank takes something back.
 */
export function suggestionsFor(entry: ToldEntry, known: Known): Suggestion[] {
  const { payments, isCertain } = recordedByHand(entry, known);
  const others = entry.amountMinor > 0 ? incoming(entry, known, payments.length > 0) : outgoing(entry, known);
  const recorded = payments.flatMap((payment) => asRecorded(entry, payment, others[0]?.merchantId));
  const found = isCertain ? recorded : [...recorded, ...others];
  return ORDER.flatMap((confidence) => found.filter((one) => one.confidence === confidence))
    .slice(0, MOST)
    .map(({ paymentId = null, claimsMinor = 0, chargeMinor = 0, ...one }) => {
      const { number = '', name = '' } = known.merchants.get(one.merchantId) ?? {};
      return { ...one, merchantNumber: number, merchantName: name, paymentId, claimsMinor, chargeMinor };
    });
}

function incoming(entry: ToldEntry, known: Known, isRecorded: boolean): Found[] {
  const open = known.documents.filter(({ openMinor }) => openMinor > 0);
  const said = asSaid(entry.remittance, entry.endToEndId);
  const named = namedBy(said, open, known.letters);
  const payers = known.payersOf.get(entry.counterpartyIban ?? '') ?? [];
  if (named.size) return byNumber(entry, named, payers, isRecorded);
  if (entry.reversal) return [];
  const byName = payers.length ? [] : merchantsNamed(entry.counterpartyName, known);
  const ofMerchants = [
    ...payers.map((merchantId) => byMerchant(entry, merchantId, open, 'iban')),
    ...byName.map((merchantId) => byMerchant(entry, merchantId, open, 'name')),
  ];
  return ofMerchants.length ? ofMerchants : byAmount(entry.amountMinor, open);
}

/** Of somebody whose account or name is known: one document of the amount, some that come to it, or the oldest. */
function byMerchant(
  entry: ToldEntry,
  merchantId: string,
  open: readonly OpenDocument[],
  reason: 'iban' | 'name',
): Found {
  const own = open.filter((one) => one.merchantId === merchantId);
  const one = own.find(({ openMinor }) => openMinor === entry.amountMinor);
  const fitting = one ? [one] : documentsOfSum(own, entry.amountMinor);
  return {
    confidence: fitting && reason === 'iban' ? 'likely' : 'possible',
    reasons: [reason, ...(fitting ? exactly(fitting) : [])],
    ...{ merchantId, allocations: oldestFirst(fitting ?? own, entry.amountMinor) },
  };
}

const byAmount = (amountMinor: number, open: readonly OpenDocument[]): Found[] =>
  open
    .filter(({ openMinor }) => openMinor === amountMinor)
    .slice(0, MOST)
    .map((one) => ({
      ...{ confidence: 'possible', reasons: ['amount'], merchantId: one.merchantId },
      allocations: oldestFirst([one], amountMinor),
    }));

/** What went out: a direct debit that came back, or what the house owed. */
function outgoing(entry: ToldEntry, { payments, documents }: Known): Found[] {
  const { amountMinor, endToEndId, remittance } = entry;
  const owed = documents.filter(({ openMinor }) => openMinor < 0 && openMinor === amountMinor);
  const said = asSaid(remittance, endToEndId);
  return [
    ...returnsFound(entry, payments),
    ...owed.map((one): Found => {
      const isNamed = namesNumber(said, one.number);
      const reasons: Found['reasons'] = isNamed ? ['number', 'amount'] : ['amount'];
      const allocation = {
        invoiceId: one.invoiceId,
        number: one.number,
        openMinor: one.openMinor,
        amountMinor: -amountMinor,
      };
      return {
        confidence: isNamed ? 'likely' : 'possible',
        reasons,
        merchantId: one.merchantId,
        allocations: [allocation],
      };
    }),
  ];
}

function merchantsNamed(name: string | null, { merchants }: Known): string[] {
  const said = wordsOf(name);
  if (said.length < 4) return [];
  return [...merchants].filter((one) => wordsOf(one[1].name) === said).map(([id]) => id);
}
