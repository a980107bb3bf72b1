import type { Contract, Facts, InspectedReturn, RtvBatch, SpecialJob, StorageSnapshot } from '../oracle/facts.ts';
import type { HandWork } from './hand-work.ts';
import { endOf, type DemoMerchant, type End } from './merchants.ts';
import type { PlannedReturn } from './returns/plan.ts';

/** A batch that the demo sent back to a merchant. */
export interface SentBatch {
  merchant: string;
  number: string;
  dispatchedOn: string;
  parcels: number;
}

/** Bins that hold something of a merchant at the start of a day. */
export interface StockOfDay {
  merchant: string;
  day: string;
  bins: number;
}

export interface Deeds {
  month: string;
  merchants: readonly DemoMerchant[];
  returns: readonly PlannedReturn[];
  batches: readonly SentBatch[];
  stock: readonly StockOfDay[];
  jobs: readonly SpecialJob[];
  byHand: HandWork;
}

/**
 * What the oracle has to know beside the file: what was done in the warehouse. It is told by what the demo set out to
 * do and never by an answer of the product, else the product would check itself.
 */
export function factsOf({ month, merchants, returns, batches, stock, jobs, byHand }: Deeds): Facts {
  return {
    contracts: merchants.map(({ number }): Contract => ({ merchant: number, startsOn: `${month}-01` })),
    returns: returns.map(inspectedReturn),
    rtvBatches: batches.map(({ merchant, number, dispatchedOn, parcels }): RtvBatch => ({
      merchant,
      reference: number,
      dispatchedOn,
      parcels,
      pieces: piecesForBatch(returns, merchant),
    })),
    storageSnapshots: stock.map(({ merchant, day, bins }): StorageSnapshot => ({
      merchant,
      date: day,
      quantity: String(bins),
    })),
    specialJobs: [...jobs],
    ...byHand,
  };
}

/** Pieces that go back to a merchant because nobody can sell them. */
export const piecesForBatch = (returns: readonly PlannedReturn[], merchant: string): number =>
  sum(returns.filter((parcel) => parcel.merchant === merchant).map((parcel) => piecesThatEnd(parcel, 'batch')));

function inspectedReturn(parcel: PlannedReturn): InspectedReturn {
  const { merchant, code, trackingNumber, day, inspectedOn, recognised } = parcel;
  return {
    merchant,
    reference: code ?? trackingNumber,
    kind: recognised === 'undeliverable' ? 'undeliverable' : 'standard',
    receivedOn: day,
    inspectedOn,
    pieces: sum(parcel.items.flatMap(({ parts }) => parts.map(({ pieces }) => pieces))),
    hasPhotos: photosOf(parcel) > 0,
    restocked: piecesThatEnd(parcel, 'restocked'),
    disposed: piecesThatEnd(parcel, 'disposed'),
  };
}

/** One of the parcel or of the first item at least, and one of every finding below A. */
export function photosOf({ parcelPhotos, items, recognised }: PlannedReturn): number {
  if (recognised === 'undeliverable') return 0;
  return (
    Math.max(parcelPhotos, recognised === 'unknown' ? 1 : 0) +
      sum(items.map(({ parts }) => parts.filter(({ finding }) => isShown(finding.grade)).length)) || 1
  );
}

export const isShown = (grade: string): boolean => grade !== 'A';

function piecesThatEnd({ merchant, recognised, items }: PlannedReturn, end: End): number {
  // nobody opens an undeliverable parcel: all of it goes back on the shelf
  if (recognised === 'undeliverable') return end === 'restocked' ? sum(items.map(({ pieces }) => pieces)) : 0;
  const parts = items.flatMap((item) => item.parts);
  return sum(parts.filter(({ finding }) => endOf(merchant, finding.grade) === end).map(({ pieces }) => pieces));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
