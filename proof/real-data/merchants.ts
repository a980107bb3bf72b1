import type { Contract, OracleMerchant } from '../../oracle/facts.ts';
import { ownCards } from './cards.ts';

/** What one merchant of the file is agreed with. */
export interface Terms extends OracleMerchant {
  country: string;
  vatId: string | null;
  /** one after the other; the oracle's words are the product's */
  contracts: (Contract & { merchant: string })[];
}

export const FIRST_DAY = '2010-12-01';
export const LAST_DAY = '2011-09-30';

const METHODS = [
  ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
  ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
];
const MEASURES = ['piece', 'cubicMetre', 'bin', 'pallet'] as const;
/** Every ninth has the base card alone. */
const CARDS = [null, ...ownCards().map(({ code }) => code)];

/** Deals cards, contracts, taxes and storage out by a merchant's place in the list, so that all of them meet. */
export const termsOf = (numbers: readonly string[]): Terms[] => numbers.map(termsAt);

function termsAt(number: string, index: number): Terms {
  return {
    ...{ number, name: `Merchant ${number}`, softwareFee: index % 3 !== 0 },
    cadence: index % 4 === 1 ? 'monthly' : 'semiMonthly',
    ...taxOf(index),
    contracts: contractsOf(number, index),
  };
}

function taxOf(index: number): Pick<Terms, 'taxTreatment' | 'country' | 'vatId'> {
  if (index % 11 === 3) return { taxTreatment: 'reverseCharge', country: 'AT', vatId: 'ATU12345675' };
  if (index % 13 === 5) return { taxTreatment: 'thirdCountry', country: 'CH', vatId: null };
  return { taxTreatment: 'domestic', country: 'DE', vatId: null };
}

/** Every fifth gets another card with a new contract in April; nine of 109 have storage, each by another method. */
function contractsOf(number: string, index: number): Terms['contracts'] {
  const method = index % 12 === 7 ? (METHODS[(index - 7) / 12] ?? null) : null;
  const storage = {
    ...{
      storageMethod: method,
      storageMeasure: method?.match(/^month|^half|^anni/) ? MEASURES[((index - 7) / 12) % 4]! : null,
    },
    storageAgeBands: method?.endsWith('Day') ? [5, 10] : [],
  };
  const contract = { merchant: number, startsOn: FIRST_DAY, endsOn: null, rateCard: CARDS[index % 9]!, ...storage };
  if (index % 5 !== 2) return [contract];
  return [
    { ...contract, endsOn: '2011-03-31' },
    { ...contract, startsOn: '2011-04-01', rateCard: CARDS[(index + 4) % 9]! },
  ];
}
