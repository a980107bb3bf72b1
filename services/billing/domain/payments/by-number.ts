import type { Suggestion } from '../../../../shared/protocol/billing/bank-actions.ts';
import { namesNumber } from './named-numbers.ts';
import type { Found, OpenDocument, ToldEntry } from './suggest.ts';

/** A letter that demanded documents and what is claimed beside them. */
export interface NamedLetter {
  number: string;
  merchantId: string;
  /** The documents it demanded that are still open. */
  invoiceIds: readonly string[];
  /** What it demanded beside them and is still open: interest, lump sums, fees, charges of the bank. */
  claimsMinor: number;
}

interface Named {
  documents: OpenDocument[];
  /** Those of them that are named by their own numbers. */
  own: OpenDocument[];
  letters: NamedLetter[];
}

/** The documents that a text names, by their own numbers or by that of a dunning letter about them, per merchant. */
export function namedBy(
  said: string,
  open: readonly OpenDocument[],
  letters: readonly NamedLetter[],
): Map<string, Named> {
  const told = letters.filter(({ number }) => namesNumber(said, number));
  const ofLetters = new Set(told.flatMap(({ invoiceIds }) => invoiceIds));
  const named = open.filter(({ invoiceId, number }) => ofLetters.has(invoiceId) || namesNumber(said, number));
  const byMerchant = Map.groupBy(named, ({ merchantId }) => merchantId);
  return new Map(
    [...byMerchant].map(([merchantId, documents]) => [
      merchantId,
      {
        documents,
        own: documents.filter(({ number }) => namesNumber(said, number)),
        letters: told.filter((letter) => letter.merchantId === merchantId),
      },
    ]),
  );
}

/**
 * What an entry pays whose text names documents. Claims are no documents: what comes to them is `likely`, because
 * somebody notes afterwards that the payment paid them.
 */
export function byNumber(
  { amountMinor, reversal }: ToldEntry,
  merchants: ReadonlyMap<string, Named>,
  payers: readonly string[],
  isRecorded: boolean,
): Found[] {
  return [...merchants].map(([merchantId, named]) => {
    // who names a letter beside the numbers of what is paid means those
    const { documents, letters } = sumOf(named.own) === amountMinor ? { documents: named.own, letters: [] } : named;
    const openMinor = sumOf(documents);
    const demandedMinor = Math.max(0, ...letters.map(({ claimsMinor }) => claimsMinor));
    const claimsMinor = Math.min(demandedMinor, Math.max(0, amountMinor - openMinor));
    const isExact = openMinor === amountMinor;
    const isWhole = isExact || (claimsMinor > 0 && openMinor + demandedMinor === amountMinor);
    const isOthers = payers.length > 0 && !payers.includes(merchantId);
    const isSure = isExact && merchants.size === 1 && !isOthers && !isRecorded && !reversal;
    return {
      confidence: isSure ? 'sure' : 'likely',
      reasons: [
        letters.length ? 'letter' : 'number',
        ...(payers.includes(merchantId) ? ['iban' as const] : []),
        ...(isExact ? exactly(documents) : isWhole ? ['sum' as const] : []),
      ],
      ...{ merchantId, allocations: oldestFirst(documents, amountMinor), claimsMinor },
    };
  });
}

/** Why documents fit that come to the amount. */
export const exactly = (documents: readonly OpenDocument[]): Found['reasons'] => [
  documents.length === 1 ? 'amount' : 'sum',
];

const sumOf = (documents: readonly OpenDocument[]): number =>
  documents.reduce((sum, { openMinor }) => sum + openMinor, 0);

/** As far as the money goes. */
export function oldestFirst(
  documents: readonly Pick<OpenDocument, 'invoiceId' | 'number' | 'openMinor'>[],
  amountMinor: number,
): Suggestion['allocations'] {
  let rest = amountMinor;
  return documents.flatMap(({ invoiceId, number, openMinor }) => {
    const share = Math.min(rest, openMinor);
    rest -= share;
    return share > 0 ? [{ invoiceId, number, openMinor, amountMinor: share }] : [];
  });
}
